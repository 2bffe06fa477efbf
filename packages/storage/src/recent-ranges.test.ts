import {
  LabelSelectorMatcher,
  parseFieldSelector,
  parseLabelSelector,
} from '@keelson/api-machinery';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { ListQuery } from './object-storage.ts';
import { aThing, Fixture, namesOf, things } from './testing/fixture.ts';

const inDefault = `${things}default/`;

async function openWithThings(): Promise<Fixture> {
  const fixture = await Fixture.open();
  for (const [name, tier] of [
    ['a', 'web'],
    ['b', 'db'],
    ['c', 'web'],
  ] as const)
    await fixture.create(aThing(name, { labels: { tier } }));
  await fixture.create(aThing('d', { namespace: 'other', labels: { tier: 'web' } }));
  return fixture;
}

const questions: readonly (readonly [prefix: string, query: ListQuery, names: string])[] = [
  [things, {}, 'abcd'],
  [things, { limit: 2 }, 'ab'],
  [things, { limit: 3 }, 'abc'],
  [inDefault, {}, 'abc'],
  [inDefault, { limit: 2 }, 'ab'],
  [things, { selection: { labels: parseLabelSelector('tier=web') } }, 'acd'],
  [inDefault, { selection: { labels: parseLabelSelector('tier=web') } }, 'ac'],
  [inDefault, { limit: 1, selection: { labels: parseLabelSelector('tier=web') } }, 'a'],
  [things, { selection: { labels: parseLabelSelector('tier!=web') } }, 'b'],
  [things, { selection: { fields: parseFieldSelector('metadata.namespace=other') } }, 'd'],
  [things, { selection: { labels: new LabelSelectorMatcher([], true) } }, ''],
];

describe('lists of one state', () => {
  it('have the very same items when they ask the same', async () => {
    await using fixture = await openWithThings();
    for (const [prefix, query] of questions.slice(0, -1)) {
      const { items } = await fixture.storage.list(prefix, query);
      expect((await fixture.storage.list(prefix, query)).items).to.equal(items);
      const any = { ...query, resourceVersion: '0' };
      if (query.limit === undefined)
        expect((await fixture.storage.list(prefix, any)).items).to.equal(items);
    }
  });

  it('have what they ask for, whatever was asked before', async () => {
    await using fixture = await openWithThings();
    for (const [prefix, query, names] of [...questions, ...questions.toReversed(), ...questions]) {
      const { items } = await fixture.storage.list(prefix, query);
      expect(namesOf(items).join('')).to.equal(names);
    }
  });

  it('go on from page to page', async () => {
    await using fixture = await openWithThings();
    for (let round = 0; round < 2; round++) {
      const first = await fixture.storage.list(things, { limit: 2 });
      expect(first.remainingItemCount).to.equal(2);
      const { continue: token = '' } = first;
      const second = await fixture.storage.list(things, { limit: 2, continue: token });
      expect(namesOf([...first.items, ...second.items])).to.deep.equal(['a', 'b', 'c', 'd']);
    }
  });

  it('have other items as soon as something changed', async () => {
    await using fixture = await openWithThings();
    const before = await fixture.storage.list(things, {});
    const added = await fixture.create(aThing('e'));
    const now = await fixture.storage.list(things, {});
    expect(namesOf(before.items)).to.deep.equal(['a', 'b', 'c', 'd']);
    expect(namesOf(now.items)).to.deep.equal(['a', 'b', 'c', 'e', 'd']);
    await fixture.remove(added);
    const after = await fixture.storage.list(things, {});
    expect(after.items).to.have.ordered.members([...before.items]);
    expect(after.revision).to.be.above(now.revision);
  });
});

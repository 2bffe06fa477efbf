import { parseFieldSelector, parseLabelSelector } from '@keelson/api-machinery';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { ListQuery } from './object-storage.ts';
import { aThing, Fixture, keyOf, namesOf, things } from './testing/fixture.ts';
import { settle } from './testing/manual-time.ts';

const web: ListQuery = { selection: { labels: parseLabelSelector('tier=web') } };

async function openWithThings(): Promise<Fixture> {
  const fixture = await Fixture.open();
  for (const [name, tier] of [
    ['b', 'web'],
    ['a', 'db'],
    ['c', 'web'],
  ] as const)
    await fixture.create(aThing(name, { labels: { tier } }));
  await fixture.create(aThing('d', { namespace: 'other', labels: { tier: 'web' } }));
  await fixture.create(aThing('e'));
  return fixture;
}

async function names(fixture: Fixture, query: ListQuery, prefix = things): Promise<string[]> {
  return namesOf((await fixture.storage.list(prefix, query)).items);
}

/** The same list again after something happened: looked for at first, then found in the index. */
async function listTwice(fixture: Fixture, query: ListQuery, prefix = things): Promise<string[]> {
  const first = await names(fixture, query, prefix);
  await fixture.remove(await fixture.create(aThing('passing')));
  const second = await names(fixture, query, prefix);
  expect(second).to.deep.equal(first);
  return second;
}

describe('a list by an exact value', () => {
  it('gives the same from the index as from a search, by prefix and with further requirements', async () => {
    await using fixture = await openWithThings();
    expect(await listTwice(fixture, web)).to.deep.equal(['b', 'c', 'd']);
    expect(await names(fixture, web, `${things}default/`)).to.deep.equal(['b', 'c']);
    const others: readonly [ListQuery, readonly string[]][] = [
      [{ selection: { labels: parseLabelSelector('tier=web,tier!=db') } }, ['b', 'c', 'd']],
      [{ selection: { labels: parseLabelSelector('tier=web,missing') } }, []],
      [{ selection: { labels: parseLabelSelector('tier=none') } }, []],
      [{ selection: { fields: parseFieldSelector('spec.nodeName=') } }, ['a', 'b', 'c', 'e', 'd']],
    ];
    for (const [query, expected] of others)
      expect(await listTwice(fixture, query)).to.deep.equal(expected);
  });

  it('follows objects that come, change and go', async () => {
    await using fixture = await openWithThings();
    await listTwice(fixture, web);
    const added = await fixture.create(aThing('f', { labels: { tier: 'web' } }));
    expect(await names(fixture, web)).to.deep.equal(['b', 'c', 'f', 'd']);
    const moved = await fixture.write(aThing('f', { labels: { tier: 'db' } }), added.revision);
    expect(await names(fixture, web)).to.deep.equal(['b', 'c', 'd']);
    const back = await fixture.write(aThing('f', { labels: { tier: 'web' } }), moved.revision);
    expect(await names(fixture, web)).to.deep.equal(['b', 'c', 'f', 'd']);
    await fixture.remove(back);
    expect(await names(fixture, web)).to.deep.equal(['b', 'c', 'd']);
  });

  it('gives the newest of an object that stays where it is', async () => {
    await using fixture = await openWithThings();
    await listTwice(fixture, web);
    const snapshot = await fixture.create(aThing('f', { labels: { tier: 'web' } }));
    const newer = await fixture.write(
      aThing('f', { labels: { tier: 'web' }, spec: { note: 'new' } }),
      snapshot.revision,
    );
    const { items } = await fixture.storage.list(things, web);
    expect(items.find(({ key }) => key === newer.key)?.object.spec.note).to.equal('new');
  });

  it('fails on what cannot be read, also when it came later, and works again when that is gone', async () => {
    await using fixture = await openWithThings();
    await listTwice(fixture, web);
    await fixture.writeElsewhere({ [keyOf('broken')]: 'no object' });
    await settle();
    const failure = await fixture.storage.list(things, web).catch((error: unknown) => error);
    expect(failure).to.have.property('code', 'corrupt');
    await fixture.backend.transact({
      compare: [],
      // oxlint-disable-next-line unicorn/no-thenable -- the contract's word
      then: [{ type: 'delete', key: keyOf('broken') }],
    });
    await settle();
    expect(await listTwice(fixture, web)).to.deep.equal(['b', 'c', 'd']);
  });

  it('goes on when more labels are asked for than are indexed', async () => {
    await using fixture = await openWithThings();
    for (let label = 0; label < 80; label++)
      await listTwice(fixture, { selection: { labels: parseLabelSelector(`l${label}=x`) } });
    expect(await listTwice(fixture, web)).to.deep.equal(['b', 'c', 'd']);
  });
});

import { parseFieldSelector, parseLabelSelector } from '@keelson/api-machinery';
import type { ListOptions } from '@keelson/rest-interfaces';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { VerbFixture } from './testing/verb-fixture.ts';

async function openWithFour(): Promise<VerbFixture> {
  const fixture = await VerbFixture.open({
    selectableFields: { names: ['data.a'], of: ({ data }) => ({ 'data.a': data?.['a'] ?? '' }) },
  });
  for (const [namespace, name, a] of [
    ['default', 'one', '1'],
    ['default', 'two', '2'],
    ['other', 'one', '1'],
    ['other', 'three', '2'],
  ] as const) {
    const context = { ...fixture.context, namespace };
    await fixture.store.create(
      fixture.body({ name, labels: { a } }, { a }),
      { dryRun: false },
      context,
    );
  }
  return fixture;
}

const field = (text: string): ListOptions => ({ fieldSelector: parseFieldSelector(text) });
const label = (text: string): ListOptions => ({ labelSelector: parseLabelSelector(text) });

const selections: readonly {
  namespace: string;
  says: string;
  options: ListOptions;
  names: readonly string[];
}[] = [
  { namespace: 'default', says: 'nothing', options: {}, names: ['default/one', 'default/two'] },
  { namespace: '', says: 'a=1', options: label('a=1'), names: ['default/one', 'other/one'] },
  {
    namespace: '',
    says: 'metadata.name=one',
    options: field('metadata.name=one'),
    names: ['default/one', 'other/one'],
  },
  {
    namespace: '',
    says: 'metadata.namespace=other',
    options: field('metadata.namespace=other'),
    names: ['other/one', 'other/three'],
  },
  {
    namespace: '',
    says: 'metadata.namespace=no/where',
    options: field('metadata.namespace=no/where'),
    names: [],
  },
  {
    namespace: 'default',
    says: 'metadata.namespace=other',
    options: field('metadata.namespace=other'),
    names: [],
  },
  {
    namespace: '',
    says: 'data.a=2',
    options: field('data.a=2'),
    names: ['default/two', 'other/three'],
  },
  {
    namespace: '',
    says: 'data.a=2 and a=1',
    options: { ...field('data.a=2'), ...label('a=1') },
    names: [],
  },
];

describe('list and watch', () => {
  for (const { namespace, says, options, names } of selections) {
    it(`of ${says} in "${namespace}" give ${names.join() || 'nothing'}`, async () => {
      await using fixture = await openWithFour();
      const context = { ...fixture.context, namespace };
      const nameOf = ({ metadata }: { metadata: { namespace?: string; name?: string } }) =>
        `${metadata.namespace}/${metadata.name}`;
      const { items } = await fixture.store.list(options, context);
      expect(items.map(({ object }) => nameOf(object))).to.deep.equal(names);
      const seen: string[] = [];
      const { limit: _, ...watchOptions } = options;
      await fixture.store.watch(
        { ...watchOptions, sendInitialEvents: true },
        {
          next: (events) => {
            for (const event of events)
              if (event.type !== 'BOOKMARK') seen.push(nameOf(event.snapshot.object));
            return undefined;
          },
          end: () => undefined,
        },
        context,
      );
      expect(seen).to.deep.equal(names);
    });
  }

  it('of one name in a namespace know no limit: the newest is read', async () => {
    await using fixture = await openWithFour();
    const early = (await fixture.stored())?.metadata.resourceVersion ?? '';
    await fixture.update((copy) => void (copy.data = { a: '3' }));
    const { items } = await fixture.store.list(
      { ...field('metadata.name=one'), resourceVersion: early, limit: 1 },
      fixture.context,
    );
    expect(items[0]?.object.data).to.deep.equal({ a: '3' });
  });

  it('of one name in all namespaces know limits', async () => {
    await using fixture = await openWithFour();
    const { items, continue: token } = await fixture.store.list(
      { ...field('metadata.name=one'), limit: 1 },
      { ...fixture.context, namespace: '' },
    );
    expect(items).to.have.length(1);
    expect(token).to.be.a('string');
  });
});

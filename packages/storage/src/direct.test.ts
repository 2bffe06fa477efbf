import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { ListQuery } from './object-storage.ts';
import { aThing, Fixture, keyOf, namesOf, things } from './testing/fixture.ts';
import { RecordingSink } from './testing/recording-sink.ts';

async function openWithThings(): Promise<Fixture> {
  const fixture = await Fixture.open({ direct: true });
  for (const name of ['a', 'b', 'c']) await fixture.create(aThing(name));
  return fixture;
}

async function refusal(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => 'not refused',
    (error: unknown) => error,
  );
}

describe('A storage that answers as one without a cache', () => {
  const limited: readonly { query: ListQuery; names: readonly string[] }[] = [
    { query: { resourceVersion: '0', limit: 2 }, names: ['a', 'b'] },
    { query: { limit: 2 }, names: ['a', 'b'] },
    { query: { resourceVersion: '0' }, names: ['a', 'b', 'c'] },
  ];
  for (const { query, names } of limited) {
    it(`lists ${names.join()} for ${JSON.stringify(query)}`, async () => {
      await using fixture = await openWithThings();
      const { items } = await fixture.storage.list(things, query);
      expect(namesOf(items)).to.deep.equal(names);
    });
  }

  const future: readonly {
    name: string;
    read: (fixture: Fixture) => Promise<unknown>;
  }[] = [
    { name: 'get', read: ({ storage }) => storage.get(keyOf('a'), '999') },
    { name: 'list', read: ({ storage }) => storage.list(things, { resourceVersion: '999' }) },
    {
      name: 'exact list',
      read: ({ storage }) =>
        storage.list(things, { resourceVersion: '999', resourceVersionMatch: 'Exact' }),
    },
  ];
  for (const { name, read } of future) {
    it(`refuses a ${name} of the future without waiting`, async () => {
      await using fixture = await openWithThings();
      expect(await refusal(read(fixture))).to.deep.include({
        reason: 'Timeout',
        message: 'Timeout: Too large resource version: 999, current: 4',
      });
    });
  }

  it('refuses a get at a resourceVersion that is no number with 400', async () => {
    await using fixture = await openWithThings();
    expect(await refusal(fixture.storage.get(keyOf('a'), 'x'))).to.have.property('code', 400);
  });

  it('ends a watch from the future with initial events at once', async () => {
    await using fixture = await openWithThings();
    const sink = new RecordingSink();
    const query = { resourceVersion: '999', sendInitialEvents: true };
    await fixture.storage.watch(things, query, sink);
    expect(sink.error).to.have.property('code', 504);
  });

  it('ends a watch from what the backend has compacted away, although it is remembered', async () => {
    await using fixture = await openWithThings();
    await fixture.backend.compact(4);
    const sink = new RecordingSink();
    await fixture.storage.watch(things, { resourceVersion: '1' }, sink);
    expect(sink.error).to.deep.include({
      code: 410,
      message: 'The resourceVersion for the provided watch is too old.',
    });
  });
});

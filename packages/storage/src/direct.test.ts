import { parseLabelSelector } from '@keelson/api-machinery';
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

/** Remembers one change; the backend has a at 2, b at 3 to 5, c at 6 and 7. */
async function openWithPast(): Promise<Fixture> {
  const fixture = await Fixture.open({ direct: true, historyLimits: { minimum: 1, maximum: 1 } });
  const [fresh, old] = [{ labels: { state: 'new' } }, { labels: { state: 'old' } }];
  await fixture.create(aThing('a'));
  const b = await fixture.create(aThing('b', fresh));
  await fixture.remove(await fixture.write(aThing('b', fresh), b.revision));
  const c = await fixture.create(aThing('c', fresh));
  await fixture.write(aThing('c', old), c.revision);
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

  it('has the backend tell a watch what is no longer remembered, and goes on', async () => {
    await using fixture = await openWithPast();
    const sink = new RecordingSink();
    await fixture.storage.watch(things, { resourceVersion: '2' }, sink);
    await fixture.time.pass(0);
    await fixture.create(aThing('d'));
    await fixture.time.pass(0);
    expect(sink.log).to.deep.equal([
      'ADDED b',
      'MODIFIED b',
      'DELETED b',
      'ADDED c',
      'MODIFIED c',
      'ADDED d',
    ]);
    expect(sink.revisions).to.deep.equal([3, 4, 5, 6, 7, 8]);
  });

  it('tells such a watch of what it selects only', async () => {
    await using fixture = await openWithPast();
    const sink = new RecordingSink();
    const selection = { labels: parseLabelSelector('state=new') };
    await fixture.storage.watch(things, { resourceVersion: '1', selection }, sink);
    await fixture.time.pass(0);
    expect(sink.log).to.deep.equal(['ADDED b', 'MODIFIED b', 'DELETED b', 'ADDED c', 'DELETED c']);
  });

  it('tells a watch what happened before it was opened', async () => {
    await using first = await openWithPast();
    await first.writeElsewhere({ '/registry/others/x': 'x' });
    const again = new Fixture(first.backend, { direct: true });
    await again.storage.ready();
    const sink = new RecordingSink();
    const deadline = again.time.now() + 3000;
    const query = { resourceVersion: '5', allowWatchBookmarks: true, deadline };
    await again.storage.watch(things, query, sink);
    await again.time.pass(2000);
    // Nothing of its own has happened since: progress says that this was all.
    expect(sink.log).to.deep.equal(['ADDED c', 'MODIFIED c', 'BOOKMARK']);
    await again.storage[Symbol.asyncDispose]();
    expect(sink.ended).to.equal(true);
  });

  it('has the backend tell a slow client what it missed', async () => {
    await using fixture = await openWithPast();
    const sink = new RecordingSink();
    await fixture.storage.watch(things, { resourceVersion: '7' }, sink);
    await fixture.time.pass(0);
    sink.hold();
    for (const name of ['e', 'f', 'g', 'h']) await fixture.create(aThing(name));
    sink.release();
    await fixture.time.pass(0);
    expect(sink.log).to.deep.equal(['ADDED e', 'ADDED f', 'ADDED g', 'ADDED h']);
    expect(sink.ended).to.equal(false);
  });

  it('tells a watch that was stopped nothing more of the past', async () => {
    await using fixture = await openWithPast();
    const sink = new RecordingSink();
    sink.hold();
    const watch = await fixture.storage.watch(things, { resourceVersion: '1' }, sink);
    await fixture.time.pass(0);
    const before = sink.log;
    watch.stop();
    sink.release();
    await fixture.create(aThing('d'));
    await fixture.time.pass(0);
    expect(sink.log).to.deep.equal(before);
    expect(sink.ended).to.equal(false);
  });

  it('ends a watch whose past is compacted away while its client is slow', async () => {
    await using fixture = await openWithPast();
    const sink = new RecordingSink();
    await fixture.storage.watch(things, { resourceVersion: '7' }, sink);
    await fixture.time.pass(0);
    sink.hold();
    for (const name of ['e', 'f', 'g', 'h']) await fixture.create(aThing(name));
    await fixture.backend.compact(11);
    sink.release();
    await fixture.time.pass(0);
    expect(sink.log).to.deep.equal(['ADDED e']);
    expect(sink.error).to.have.property('code', 410);
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

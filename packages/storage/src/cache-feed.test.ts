import { expect } from 'chai';
import { describe, it } from 'mocha';
import { aThing, encode, Fixture, keyOf, namesOf, things, type Thing } from './testing/fixture.ts';
import { settle } from './testing/manual-time.ts';
import { RecordingSink } from './testing/recording-sink.ts';
import { RemoteBackend } from './testing/remote-backend.ts';

async function openRemote(): Promise<{
  fixture: Fixture;
  backend: RemoteBackend;
  sink: RecordingSink<Thing>;
}> {
  const backend = new RemoteBackend();
  const fixture = await Fixture.open({ backend });
  const sink = new RecordingSink<Thing>();
  await fixture.storage.watch(things, { resourceVersion: '0', sendInitialEvents: false }, sink);
  return { fixture, backend, sink };
}

describe('following a remote backend', () => {
  it('goes on after the last revision when the watch breaks', async () => {
    const { fixture, backend, sink } = await openRemote();
    const a = await fixture.create(aThing('a'));
    await settle();
    backend.breakWatches();
    const a2 = await fixture.write(aThing('a', { spec: { note: '2' } }), a.revision);
    await fixture.create(aThing('b'));
    await fixture.remove(a2);
    await fixture.time.pass(1000);
    expect(sink.log).to.deep.equal(['ADDED a', 'MODIFIED a', 'ADDED b', 'DELETED a']);
    expect(backend.lists).to.equal(1);
    await fixture[Symbol.asyncDispose]();
  });

  it('leaves out what a resumed watch repeats', async () => {
    const { fixture, backend, sink } = await openRemote();
    const a = await fixture.create(aThing('a'));
    await fixture.write(aThing('a', { spec: { note: '2' } }), a.revision);
    await settle();
    backend.overlap = 2;
    backend.breakWatches();
    await fixture.create(aThing('b'));
    await fixture.time.pass(1000);
    expect(sink.log).to.deep.equal(['ADDED a', 'MODIFIED a', 'ADDED b']);
    await fixture[Symbol.asyncDispose]();
  });

  it('tells the difference when what happened meanwhile is compacted away', async () => {
    const { fixture, backend, sink } = await openRemote();
    const [a, b] = [await fixture.create(aThing('a')), await fixture.create(aThing('b'))];
    await fixture.create(aThing('c'));
    await settle();
    backend.setUnavailable(true);
    backend.breakWatches();
    await fixture.time.pass(0);
    backend.setUnavailable(false);
    const b2 = await fixture.write(aThing('b', { spec: { note: '2' } }), b.revision);
    await fixture.remove(a);
    const d = await fixture.create(aThing('d'));
    await fixture.create(aThing('e')).then((e) => fixture.remove(e));
    const newest = await backend.revision();
    await backend.compact(newest);
    await fixture.time.pass(10_000);
    expect(sink.log.slice(3)).to.deep.equal(['MODIFIED b', 'ADDED d', 'DELETED a']);
    expect(sink.revisions.slice(3)).to.deep.equal([b2.revision, d.revision, newest]);
    expect(namesOf((await fixture.storage.list(things, {})).items)).to.deep.equal(['b', 'c', 'd']);
    const late = new RecordingSink<Thing>();
    await fixture.storage.watch(things, { resourceVersion: String(d.revision) }, late);
    await settle();
    expect(late.log).to.deep.equal(['DELETED a']);
    await fixture[Symbol.asyncDispose]();
  });

  it('tells of a deletion and a creation when the object is another one', async () => {
    const { fixture, backend, sink } = await openRemote();
    const a = await fixture.create(aThing('a'));
    await settle();
    backend.setUnavailable(true);
    backend.breakWatches();
    await fixture.time.pass(0);
    backend.setUnavailable(false);
    await fixture.remove(a);
    const other = aThing('a');
    other.metadata.uid = 'another';
    const again = await fixture.create(other);
    await backend.compact(await backend.revision());
    await fixture.time.pass(10_000);
    expect(sink.log).to.deep.equal(['ADDED a', 'DELETED a', 'ADDED a']);
    expect(sink.revisions).to.deep.equal([a.revision, again.revision - 1, again.revision]);
    await fixture[Symbol.asyncDispose]();
  });

  it('loads late when the backend is not there at first', async () => {
    const backend = new RemoteBackend();
    backend.setUnavailable(true);
    const fixture = new Fixture(backend);
    await fixture.time.pass(1000);
    const error = await fixture.storage.list(things, {}).catch((reason: unknown) => reason);
    expect(error).to.include({ code: 429, message: 'storage is (re)initializing: no connection' });
    backend.setUnavailable(false);
    await fixture.time.pass(5000);
    await fixture.storage.ready();
    await fixture.create(aThing('a'));
    expect(namesOf((await fixture.storage.list(things, {})).items)).to.deep.equal(['a']);
    await fixture[Symbol.asyncDispose]();
  });

  it('serves pages, gets and no selections before it is loaded', async () => {
    const before = await Fixture.open({ backend: new RemoteBackend() });
    for (const name of ['a', 'b', 'c']) await before.create(aThing(name));
    const other = new Fixture(before.backend);
    const page = await other.storage.list(things, { limit: 2 });
    expect(namesOf(page.items)).to.deep.equal(['a', 'b']);
    expect(page.remainingItemCount).to.equal(1);
    const unready = new Fixture(before.backend);
    expect((await unready.storage.get(keyOf('a'), '0'))?.key).to.equal(keyOf('a'));
    for (const fixture of [other, unready]) await fixture.storage[Symbol.asyncDispose]();
    await before[Symbol.asyncDispose]();
  });
});

describe('a consistent list from a remote backend', () => {
  it('asks for progress and waits for the cache', async () => {
    const { fixture, backend } = await openRemote();
    await fixture.writeElsewhere({ '/registry/others/x': '{}' });
    const list = await fixture.storage.list(things, {});
    expect(list.revision).to.equal(await backend.revision());
    expect(backend.progressRequests).to.equal(1);
    expect(backend.lists).to.equal(1);
    await fixture[Symbol.asyncDispose]();
  });

  it('sees what others wrote', async () => {
    const { fixture } = await openRemote();
    await fixture.writeElsewhere({ [keyOf('a')]: encode(aThing('a')) });
    expect(namesOf((await fixture.storage.list(things, {})).items)).to.deep.equal(['a']);
    await fixture[Symbol.asyncDispose]();
  });

  it('is read from the backend when the cache is not there after three seconds', async () => {
    const { fixture, backend } = await openRemote();
    for (const name of ['a', 'b', 'c']) await fixture.create(aThing(name));
    await settle();
    backend.pauseWatches();
    await fixture.create(aThing('d'));
    const listing = fixture.storage.list(things, { limit: 3 });
    await fixture.time.pass(3000);
    const list = await listing;
    expect(namesOf(list.items)).to.deep.equal(['a', 'b', 'c']);
    expect(list.remainingItemCount).to.equal(1);
    expect(backend.progressRequests).to.be.within(25, 31);
    await fixture[Symbol.asyncDispose]();
  });
});

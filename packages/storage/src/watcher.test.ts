import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { WatchQuery } from './object-storage.ts';
import { aThing, Fixture, things, type Thing } from './testing/fixture.ts';
import { settle } from './testing/manual-time.ts';
import { RecordingSink } from './testing/recording-sink.ts';

const fromNow: WatchQuery = { resourceVersion: '0', sendInitialEvents: false };

async function createMany(fixture: Fixture, count: number, from = 0): Promise<void> {
  for (let n = from; n < from + count; n++)
    await fixture.create(aThing(`t${String(n).padStart(5, '0')}`));
  await settle();
}

describe('a watch whose sink asks to wait', () => {
  it('gets nothing until the wait is over, then all, once and in order', async () => {
    await using fixture = await Fixture.open();
    const sink = new RecordingSink<Thing>();
    sink.hold();
    await fixture.storage.watch(things, fromNow, sink);
    await createMany(fixture, 5);
    expect(sink.log).to.deep.equal(['ADDED t00000']);
    sink.release();
    await settle();
    await createMany(fixture, 2, 5);
    expect(sink.log).to.deep.equal(Array.from({ length: 7 }, (_, n) => `ADDED t0000${n}`));
  });

  it('gets the initial events in chunks, waiting after each, while changes go on', async () => {
    await using fixture = await Fixture.open();
    await createMany(fixture, 1200);
    const sink = new RecordingSink<Thing>();
    sink.hold();
    await fixture.storage.watch(
      things,
      { allowWatchBookmarks: true, sendInitialEvents: true },
      sink,
    );
    await createMany(fixture, 3, 1200);
    expect(sink.batches.map(({ length }) => length)).to.deep.equal([500]);
    sink.release();
    await settle();
    expect(sink.batches.map(({ length }) => length)).to.deep.equal([500, 500, 200, 1, 3]);
    expect(sink.log).to.deep.equal([
      ...Array.from({ length: 1200 }, (_, n) => `ADDED t${String(n).padStart(5, '0')}`),
      'BOOKMARK end',
      'ADDED t01200',
      'ADDED t01201',
      'ADDED t01202',
    ]);
  });

  it('is ended when it waits for longer than the history reaches back', async () => {
    await using fixture = await Fixture.open({ historyLimits: { minimum: 4, maximum: 4 } });
    const [slow, quick] = [new RecordingSink<Thing>(), new RecordingSink<Thing>()];
    slow.hold();
    await fixture.storage.watch(things, fromNow, slow);
    await fixture.storage.watch(things, fromNow, quick);
    await createMany(fixture, 5);
    expect(slow.ended).to.equal(false);
    await createMany(fixture, 5, 5);
    expect([slow.ended, slow.error]).to.deep.equal([true, undefined]);
    slow.release();
    await settle();
    expect(slow.log).to.deep.equal(['ADDED t00000']);
    expect(quick.log).to.have.lengthOf(10);
  });

  it('is over when the promise of its sink rejects', async () => {
    await using fixture = await Fixture.open();
    let ended: Error | undefined;
    const reason = new Error('the connection is gone');
    await fixture.storage.watch(things, fromNow, {
      next: () => Promise.reject(reason),
      end: (error) => void (ended = error),
    });
    await createMany(fixture, 1);
    expect(ended).to.have.property('cause', reason);
  });

  it('gets nothing more once it was stopped while waiting', async () => {
    await using fixture = await Fixture.open();
    const sink = new RecordingSink<Thing>();
    sink.hold();
    const handle = await fixture.storage.watch(things, fromNow, sink);
    await createMany(fixture, 3);
    handle.stop();
    sink.release();
    await settle();
    expect([sink.log, sink.ended]).to.deep.equal([['ADDED t00000'], false]);
  });
});

describe('a watch as time goes by', () => {
  it('gets bookmarks about every minute when it allows them', async () => {
    await using fixture = await Fixture.open();
    const [with_, without] = [new RecordingSink<Thing>(), new RecordingSink<Thing>()];
    await fixture.storage.watch(things, { ...fromNow, allowWatchBookmarks: true }, with_);
    await fixture.storage.watch(things, fromNow, without);
    await createMany(fixture, 1);
    await fixture.time.pass(59_000);
    expect(with_.log).to.deep.equal(['ADDED t00000']);
    await fixture.time.pass(2000);
    await fixture.time.pass(60_000);
    expect(with_.log).to.deep.equal(['ADDED t00000', 'BOOKMARK', 'BOOKMARK']);
    expect(without.log).to.deep.equal(['ADDED t00000']);
  });

  it('gets bookmarks that are as new as the backend, not as the last event', async () => {
    await using fixture = await Fixture.open();
    const sink = new RecordingSink<Thing>();
    await fixture.storage.watch(things, { ...fromNow, allowWatchBookmarks: true }, sink);
    await fixture.writeElsewhere({ '/registry/others/x': '{}' });
    await fixture.time.pass(61_000);
    expect(sink.log).to.deep.equal(['BOOKMARK']);
    expect(sink.revisions).to.deep.equal([await fixture.backend.revision()]);
  });

  it('gets no bookmark when nothing has happened since it began', async () => {
    await using fixture = await Fixture.open();
    const sink = new RecordingSink<Thing>();
    await fixture.storage.watch(things, { ...fromNow, allowWatchBookmarks: true }, sink);
    await fixture.time.pass(130_000);
    expect(sink.log).to.deep.equal([]);
  });

  it('gets a bookmark two seconds before its deadline, and ends there without an error', async () => {
    await using fixture = await Fixture.open();
    const sink = new RecordingSink<Thing>();
    const deadline = fixture.time.now() + 10_000;
    await fixture.storage.watch(things, { ...fromNow, allowWatchBookmarks: true, deadline }, sink);
    await createMany(fixture, 1);
    await fixture.time.pass(7900);
    expect(sink.log).to.deep.equal(['ADDED t00000']);
    await fixture.time.pass(100);
    expect(sink.log).to.deep.equal(['ADDED t00000', 'BOOKMARK']);
    await fixture.time.pass(1999);
    expect(sink.ended).to.equal(false);
    await fixture.time.pass(1);
    expect([sink.ended, sink.error]).to.deep.equal([true, undefined]);
    expect(fixture.time.pending).to.equal(0);
  });

  it('shares one timer with all others', async () => {
    await using fixture = await Fixture.open();
    const handles = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        fixture.storage.watch(
          things,
          { ...fromNow, allowWatchBookmarks: true, deadline: fixture.time.now() + 100_000 + n },
          new RecordingSink(),
        ),
      ),
    );
    expect(fixture.time.pending).to.equal(1);
    for (const handle of handles) handle.stop();
    await fixture.time.pass(200_000);
    expect(fixture.time.pending).to.equal(0);
  });
});

describe('closing the storage', () => {
  it('ends all watches without an error', async () => {
    const fixture = await Fixture.open();
    const sinks = [new RecordingSink<Thing>(), new RecordingSink<Thing>()];
    for (const sink of sinks) await fixture.storage.watch(things, {}, sink);
    await fixture.storage[Symbol.asyncDispose]();
    expect(sinks.map(({ ended, error }) => [ended, error])).to.deep.equal([
      [true, undefined],
      [true, undefined],
    ]);
    await fixture.backend[Symbol.asyncDispose]();
  });

  it('fails who waits for a revision', async () => {
    const fixture = await Fixture.open();
    const waiting = fixture.storage.get(`${things}a`, '9999').catch((error: unknown) => error);
    await fixture.storage[Symbol.asyncDispose]();
    expect(await waiting).to.include({ code: 429, message: 'apiserver cacher is stopped' });
    const late = await fixture.storage
      .watch(things, {}, new RecordingSink())
      .catch((error: unknown) => error);
    expect(late).to.include({ code: 429, message: 'apiserver cacher is stopped' });
    await fixture.backend[Symbol.asyncDispose]();
  });

  it('rejects ready() of a storage that never was', async () => {
    const fixture = await Fixture.open();
    const other = new Fixture(fixture.backend);
    const ready = other.storage.ready().catch((error: unknown) => error);
    await other.storage[Symbol.asyncDispose]();
    expect(await ready).to.include({ code: 'unavailable' });
    await fixture[Symbol.asyncDispose]();
  });
});

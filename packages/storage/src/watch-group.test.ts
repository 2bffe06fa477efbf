import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { WatchQuery } from './object-storage.ts';
import { aThing, Fixture, things, type Thing } from './testing/fixture.ts';
import { settle } from './testing/manual-time.ts';
import { RecordingSink } from './testing/recording-sink.ts';

const fromNow: WatchQuery = { resourceVersion: '0', sendInitialEvents: false };

/** So many watchers that ask for the same; their group rests for 10 ms after a hand-over to a hundred. */
async function watchers(fixture: Fixture, count: number, query: WatchQuery = fromNow) {
  const sinks = Array.from({ length: count }, () => new RecordingSink<Thing>());
  for (const sink of sinks) await fixture.storage.watch(things, query, sink);
  return sinks;
}

async function create(fixture: Fixture, ...names: readonly string[]): Promise<void> {
  for (const name of names) await fixture.create(aThing(name));
  await settle();
}

describe('watchers that ask for the same', () => {
  it('get what happens shortly after an event together, when they are many', async () => {
    await using fixture = await Fixture.open();
    const sinks = await watchers(fixture, 100);
    await create(fixture, 'a');
    for (const sink of sinks) expect(sink.log).to.deep.equal(['ADDED a']);
    await create(fixture, 'b', 'c');
    for (const sink of sinks) expect(sink.log).to.deep.equal(['ADDED a']);
    await fixture.time.pass(20);
    for (const sink of sinks) {
      expect(sink.log).to.deep.equal(['ADDED a', 'ADDED b', 'ADDED c']);
      expect(sink.batches.map(({ length }) => length)).to.deep.equal([1, 2]);
    }
  });

  it('share the array of what they get together', async () => {
    await using fixture = await Fixture.open();
    const [first, second] = await watchers(fixture, 100);
    await create(fixture, 'a', 'b', 'c');
    await fixture.time.pass(20);
    expect(first?.batches[1]).to.equal(second?.batches[1]);
  });

  it('get each event at once after a quiet time, and always when they are few', async () => {
    await using fixture = await Fixture.open();
    const [many] = await watchers(fixture, 100);
    await create(fixture, 'a');
    await fixture.time.pass(20);
    await create(fixture, 'b');
    expect(many?.log).to.deep.equal(['ADDED a', 'ADDED b']);

    await using other = await Fixture.open();
    const [few] = await watchers(other, 9);
    await create(other, 'a', 'b');
    expect(few?.log).to.deep.equal(['ADDED a', 'ADDED b']);
  });

  it('get nothing twice when they join while the others wait', async () => {
    await using fixture = await Fixture.open();
    await watchers(fixture, 100);
    await create(fixture, 'a', 'b');
    const [late] = await watchers(fixture, 1, { resourceVersion: '0', sendInitialEvents: true });
    await settle();
    expect(late?.log).to.deep.equal(['ADDED a', 'ADDED b']);
    await create(fixture, 'c');
    await fixture.time.pass(20);
    expect(late?.log).to.deep.equal(['ADDED a', 'ADDED b', 'ADDED c']);
  });

  it('get what they wait for before a bookmark, and before they end', async () => {
    await using fixture = await Fixture.open();
    const deadline = fixture.time.now() + 4000;
    const sinks = await watchers(fixture, 600, { ...fromNow, allowWatchBookmarks: true, deadline });
    await fixture.time.pass(1990);
    await create(fixture, 'a', 'b');
    await fixture.time.pass(10);
    expect(sinks[0]?.log).to.deep.equal(['ADDED a', 'ADDED b', 'BOOKMARK']);
    await fixture.time.pass(1990);
    await create(fixture, 'c', 'd');
    await fixture.time.pass(10);
    for (const sink of sinks) {
      expect(sink.log.slice(3)).to.deep.equal(['ADDED c', 'ADDED d']);
      expect(sink.ended).to.equal(true);
    }
  });
});

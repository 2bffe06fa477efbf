import { parseLabelSelector } from '@keelson/api-machinery';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { Selection, WatchEvent, WatchQuery } from './object-storage.ts';
import type { Snapshot } from './snapshot.ts';
import { aThing, Fixture, things, type Thing } from './testing/fixture.ts';
import { RecordingSink } from './testing/recording-sink.ts';
import { RemoteBackend } from './testing/remote-backend.ts';

/** Small, seeded, good enough. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** What a client that applies events knows; throws where an informer would be confused. */
class Replica {
  readonly objects = new Map<string, number>();
  #revision: number;
  #begun = false;

  /** The state that a watch begins with comes in the order of keys; what happens after `revision` in the order of revisions. */
  constructor(revision: number) {
    this.#revision = revision;
  }

  apply(event: WatchEvent<Thing>): void {
    if (event.type === 'BOOKMARK') return;
    const { key } = event.snapshot;
    if (event.revision > this.#revision) {
      this.#revision = event.revision;
      this.#begun = true;
    } else if (this.#begun) throw new Error(`back from ${this.#revision} to ${event.revision}`);
    if ((event.type === 'ADDED') === this.objects.has(key))
      throw new Error(`${event.type} of ${key}`);
    if (event.type === 'DELETED') this.objects.delete(key);
    else this.objects.set(key, event.snapshot.revision);
  }
}

const labels = ['tier=web', 'tier=db', ''];
const selections: readonly Selection[] = labels.map((text) => ({
  labels: parseLabelSelector(text),
}));

async function someWrite(fixture: Fixture, random: (below: number) => number): Promise<void> {
  const name = `t${random(12)}`;
  const labelsOfIt = { tier: random(2) === 0 ? 'web' : 'db' };
  const current: Snapshot<Thing> | undefined = await fixture.storage.get(
    `${things}default/${name}`,
  );
  if (current !== undefined && random(3) === 0) await fixture.remove(current);
  else await fixture.write(aThing(name, { labels: labelsOfIt }), current?.revision ?? 0);
}

const kinds: readonly { name: string; options: Parameters<typeof Fixture.open>[0] }[] = [
  { name: 'leave every watcher with what a list shows', options: {} },
  {
    name: 'do so without a cache, when hardly anything is remembered',
    options: { direct: true, historyLimits: { minimum: 3, maximum: 3 } },
  },
];

for (let seed = 1; seed <= 20; seed++) {
  describe(`random writes, slow clients and broken connections, seed ${seed}`, () => {
    for (const { name, options } of kinds) it(name, () => play(seed, options));
  });
}

async function play(seed: number, options: Parameters<typeof Fixture.open>[0]): Promise<void> {
  const random = randomNumbers(seed);
  const backend = new RemoteBackend();
  const fixture = await Fixture.open({ backend, ...options });
  const watches: { sink: RecordingSink<Thing>; selection: Selection; from: number }[] = [];
  for (let step = 0; step < 150; step++) {
    const dice = random(20);
    const some = watches[random(watches.length || 1)];
    if (dice === 0 && watches.length < 12) {
      const selection = selections[random(selections.length)] ?? {};
      const sink = new RecordingSink<Thing>();
      const query: WatchQuery =
        random(2) === 0
          ? {}
          : { resourceVersion: '1', sendInitialEvents: true, allowWatchBookmarks: true };
      backend.resumeWatches();
      await fixture.time.pass(5000);
      await fixture.storage.watch(things, { ...query, selection }, sink);
      watches.push({ sink, selection, from: await backend.revision() });
    } else if (dice === 1) some?.sink.hold();
    else if (dice === 2) some?.sink.release();
    // Who reads the past itself is ended by that, and watches again.
    else if (dice === 3 && options?.direct !== true) backend.breakWatches();
    else if (dice === 4) backend.pauseWatches();
    else if (dice === 5) backend.resumeWatches();
    else if (dice === 6) await fixture.time.pass(random(500));
    else await someWrite(fixture, random);
  }
  backend.resumeWatches();
  for (const { sink } of watches) sink.release();
  await fixture.time.pass(20_000);
  for (const { sink, selection, from } of watches) {
    const replica = new Replica(from);
    for (const event of sink.batches.flat()) replica.apply(event);
    const { items } = await fixture.storage.list(things, { selection });
    expect(sink.ended).to.equal(false);
    expect([...replica.objects].sort()).to.deep.equal(
      items.map(({ key, revision }) => [key, revision]).sort(),
    );
  }
  await fixture[Symbol.asyncDispose]();
}

import type { StorageBackend } from '@keelson/storage-backend';
import { MemoryBackend } from '@keelson/storage-backend/memory';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { ObjectEvent } from './object-storage.ts';
import { aThing, encode, Fixture, keyOf, things, type Thing } from './testing/fixture.ts';
import { settle } from './testing/manual-time.ts';
import { RecordingSink } from './testing/recording-sink.ts';
import { RemoteBackend } from './testing/remote-backend.ts';

const backends: readonly { name: string; make: () => StorageBackend }[] = [
  { name: 'a local backend', make: () => new MemoryBackend() },
  { name: 'a remote backend', make: () => new RemoteBackend() },
];

async function openWithWatch(
  backend: StorageBackend,
): Promise<{ fixture: Fixture; sink: RecordingSink<Thing> }> {
  const fixture = await Fixture.open({ backend });
  const sink = new RecordingSink<Thing>();
  await fixture.storage.watch(things, { resourceVersion: '0', sendInitialEvents: false }, sink);
  return { fixture, sink };
}

function lastSnapshot(sink: RecordingSink<Thing>): unknown {
  return (sink.batches.flat().at(-1) as ObjectEvent<Thing> | undefined)?.snapshot;
}

for (const { name, make } of backends) {
  describe(`write through ${name}`, () => {
    it('returns the very snapshot that watchers and readers get', async () => {
      const { fixture, sink } = await openWithWatch(make());
      const written = await fixture.create(aThing('a'));
      await settle();
      expect(lastSnapshot(sink)).to.equal(written);
      expect(await fixture.storage.get(keyOf('a'))).to.equal(written);
      expect((await fixture.storage.list(things, { resourceVersion: '0' })).items[0]).to.equal(
        written,
      );
      await fixture[Symbol.asyncDispose]();
    });

    it('never parses what the caller has at hand', async () => {
      const { fixture, sink } = await openWithWatch(make());
      const thing = aThing('a', { labels: { a: 'b' }, spec: { nodeName: 'n' } });
      const written = await fixture.create(thing, { object: thing });
      await settle();
      expect(written.object).to.equal(thing);
      expect(thing.metadata.resourceVersion).to.equal(String(written.revision));
      expect(written.attributes.labels).to.deep.equal({ a: 'b' });
      expect(sink.log).to.deep.equal(['ADDED a']);
      expect(fixture.parsed).to.equal(0);
      await fixture[Symbol.asyncDispose]();
    });

    it('is refused when the key stands elsewhere, with what stands there', async () => {
      await using fixture = await Fixture.open({ backend: make() });
      const first = await fixture.create(aThing('a'));
      const results = await Promise.all(
        [0, first.revision + 100].map((expected) =>
          fixture.storage.put(keyOf('a'), encode(aThing('a')), expected),
        ),
      );
      for (const result of results) expect(result.succeeded || result.current).to.equal(first);
    });

    it('is refused when the key is absent', async () => {
      await using fixture = await Fixture.open({ backend: make() });
      expect(await fixture.storage.put(keyOf('a'), encode(aThing('a')), 5)).to.deep.equal({
        succeeded: false,
        current: undefined,
      });
      expect(await fixture.storage.remove(keyOf('a'), 5)).to.deep.equal({
        succeeded: false,
        current: undefined,
      });
    });

    it('removes, and returns the last state at the revision of the deletion, as watchers see it', async () => {
      const { fixture, sink } = await openWithWatch(make());
      const written = await fixture.create(aThing('a', { spec: { note: 'last' } }));
      const removed = await fixture.remove(written);
      await settle();
      expect(removed.revision).to.be.greaterThan(written.revision);
      expect(removed.object).to.deep.include({ spec: { note: 'last' } });
      expect(removed.object.metadata.resourceVersion).to.equal(String(removed.revision));
      expect(JSON.parse(Buffer.from(removed.json).toString())).to.deep.equal(removed.object);
      expect(written.object.metadata.resourceVersion).to.equal(String(written.revision));
      expect(sink.log).to.deep.equal(['ADDED a', 'DELETED a']);
      expect(lastSnapshot(sink)).to.equal(removed);
      await fixture[Symbol.asyncDispose]();
    });

    it('is not removed at another revision', async () => {
      await using fixture = await Fixture.open({ backend: make() });
      const first = await fixture.create(aThing('a'));
      const second = await fixture.write(aThing('a', { spec: { note: '2' } }), first.revision);
      expect(await fixture.storage.remove(keyOf('a'), first.revision)).to.deep.equal({
        succeeded: false,
        current: second,
      });
    });

    it('takes further steps along, or is refused with them', async () => {
      await using fixture = await Fixture.open({ backend: make() });
      const also = {
        compare: [{ key: '/registry/ranges/a', revision: 0 }],
        // oxlint-disable-next-line unicorn/no-thenable -- the contract's word
        then: [{ type: 'put', key: '/registry/ranges/a', value: Buffer.from('x') } as const],
      };
      const written = await fixture.create(aThing('a'), { also });
      expect((await fixture.backend.get('/registry/ranges/a'))?.revision).to.equal(
        written.revision,
      );
      expect(await fixture.storage.put(keyOf('b'), encode(aThing('b')), 0, { also })).to.deep.equal(
        { succeeded: false, current: undefined },
      );
    });

    it('many at once leave every reader with the last state', async () => {
      const { fixture, sink } = await openWithWatch(make());
      const first = await fixture.create(aThing('a'));
      const results = await Promise.all(
        Array.from({ length: 20 }, (_, n) =>
          fixture.storage.put(
            keyOf('a'),
            encode(aThing('a', { spec: { note: String(n) } })),
            first.revision,
          ),
        ),
      );
      const winners = results.filter(({ succeeded }) => succeeded);
      expect(winners).to.have.lengthOf(1);
      await settle();
      const winner = winners[0];
      expect(winner?.succeeded === true && winner.snapshot).to.equal(
        fixture.storage.peek(keyOf('a')),
      );
      expect(sink.log).to.deep.equal(['ADDED a', 'MODIFIED a']);
      await fixture[Symbol.asyncDispose]();
    });
  });
}

import { parseFieldSelector, parseLabelSelector } from '@keelson/api-machinery';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { ObjectEvent, Selection, WatchQuery } from './object-storage.ts';
import { aThing, encode, Fixture, keyOf, things, type Thing } from './testing/fixture.ts';
import { settle } from './testing/manual-time.ts';
import { RecordingSink } from './testing/recording-sink.ts';

async function startWatch(
  fixture: Fixture,
  query: WatchQuery = {},
  prefix = things,
): Promise<RecordingSink<Thing>> {
  const sink = new RecordingSink<Thing>();
  await fixture.storage.watch(prefix, query, sink);
  await settle();
  return sink;
}

const fromNow: WatchQuery = { resourceVersion: '0', sendInitialEvents: false };

describe('watch', () => {
  describe('begins', () => {
    const withState: readonly { name: string; query: WatchQuery; closing: boolean }[] = [
      { name: 'without a resourceVersion', query: {}, closing: false },
      { name: 'at 0', query: { resourceVersion: '0' }, closing: false },
      {
        name: 'without a resourceVersion, with bookmarks',
        query: { allowWatchBookmarks: true },
        closing: true,
      },
      {
        name: 'at 0, with bookmarks',
        query: { resourceVersion: '0', allowWatchBookmarks: true },
        closing: true,
      },
      {
        name: 'with initial events',
        query: { sendInitialEvents: true, allowWatchBookmarks: true },
        closing: true,
      },
      {
        name: 'with initial events at 1',
        query: { resourceVersion: '1', sendInitialEvents: true, allowWatchBookmarks: true },
        closing: true,
      },
      {
        name: 'with initial events and no bookmarks',
        query: { sendInitialEvents: true },
        closing: false,
      },
    ];
    for (const { name, query, closing } of withState) {
      it(`${name}: with the state${closing ? ' and the bookmark that closes it' : ''}, then the changes`, async () => {
        await using fixture = await Fixture.open();
        await fixture.create(aThing('b'));
        await fixture.create(aThing('a'));
        const newest = await fixture.backend.revision();
        const sink = await startWatch(fixture, query);
        await fixture.create(aThing('c'));
        await settle();
        expect(sink.log).to.deep.equal([
          'ADDED a',
          'ADDED b',
          ...(closing ? ['BOOKMARK end'] : []),
          'ADDED c',
        ]);
        if (closing) expect(sink.revisions[2]).to.equal(newest);
      });
    }

    const fromNowOn: readonly WatchQuery[] = [fromNow, { sendInitialEvents: false }];
    for (const query of fromNowOn) {
      it(`with ${JSON.stringify(query)}: from now on`, async () => {
        await using fixture = await Fixture.open();
        await fixture.create(aThing('a'));
        const sink = await startWatch(fixture, query);
        await fixture.create(aThing('b'));
        await settle();
        expect(sink.log).to.deep.equal(['ADDED b']);
      });
    }

    it('at a revision: with what happened after it', async () => {
      await using fixture = await Fixture.open();
      const a = await fixture.create(aThing('a'));
      const b = await fixture.create(aThing('b'));
      const a2 = await fixture.write(aThing('a', { spec: { note: '2' } }), a.revision);
      const removed = await fixture.remove(b);
      const sink = await startWatch(fixture, { resourceVersion: String(a.revision) });
      await fixture.create(aThing('c'));
      await settle();
      expect(sink.log).to.deep.equal(['ADDED b', 'MODIFIED a', 'DELETED b', 'ADDED c']);
      expect(sink.revisions.slice(0, 3)).to.deep.equal([b.revision, a2.revision, removed.revision]);
    });

    it('in the future: silently, with what happens after it', async () => {
      await using fixture = await Fixture.open();
      const a = await fixture.create(aThing('a'));
      const sink = await startWatch(fixture, { resourceVersion: String(a.revision + 2) });
      for (const name of ['b', 'c', 'd']) await fixture.create(aThing(name));
      await settle();
      expect(sink.log).to.deep.equal(['ADDED d']);
    });

    it('in the future with initial events: ends with 504 after three seconds', async () => {
      await using fixture = await Fixture.open();
      const sink = new RecordingSink<Thing>();
      const starting = fixture.storage.watch(
        things,
        { resourceVersion: '999', sendInitialEvents: true },
        sink,
      );
      await fixture.time.pass(3000);
      await starting;
      expect(sink.error).to.include({ code: 504, reason: 'Timeout' });
    });

    it('at a revision that is not remembered: ends with 410', async () => {
      await using fixture = await Fixture.open({ historyLimits: { minimum: 2, maximum: 2 } });
      const first = await fixture.create(aThing('a'));
      const second = await fixture.create(aThing('b'));
      for (const name of ['c', 'd']) await fixture.create(aThing(name));
      await settle();
      const sink = await startWatch(fixture, { resourceVersion: String(first.revision) });
      expect(sink.ended).to.equal(true);
      expect(sink.error).to.include({
        code: 410,
        reason: 'Expired',
        message: `too old resource version: ${first.revision} (${second.revision})`,
      });
      const next = await startWatch(fixture, { resourceVersion: String(second.revision) });
      expect(next.log).to.deep.equal(['ADDED c', 'ADDED d']);
    });

    it('with a resourceVersion that is no number: is refused with 500', async () => {
      await using fixture = await Fixture.open();
      const error = await fixture.storage
        .watch(things, { resourceVersion: 'abc' }, new RecordingSink())
        .catch((reason: unknown) => reason);
      expect(error).to.include({ code: 500, reason: '' });
    });

    it('before the cache is loaded: is refused with 429', async () => {
      const fixture = await Fixture.open();
      const other = new Fixture(fixture.backend);
      const error = await other.storage
        .watch(things, {}, new RecordingSink())
        .catch((reason: unknown) => reason);
      expect(error)
        .to.include({ code: 429, message: 'storage is (re)initializing' })
        .and.have.nested.property('details.retryAfterSeconds', 1);
      await other.storage[Symbol.asyncDispose]();
      await fixture[Symbol.asyncDispose]();
    });
  });

  describe('selects', () => {
    const selections: readonly {
      name: string;
      prefix?: string;
      selection?: Selection;
      log: string[];
    }[] = [
      {
        name: 'everything',
        log: ['ADDED a', 'ADDED b', 'MODIFIED a', 'ADDED a', 'DELETED a', 'DELETED b'],
      },
      { name: 'a namespace', prefix: `${things}other/`, log: ['ADDED a'] },
      {
        name: 'a namespace by field',
        selection: { fields: parseFieldSelector('metadata.namespace=other') },
        log: ['ADDED a'],
      },
      {
        name: 'a name in a namespace',
        prefix: `${things}default/`,
        selection: { fields: parseFieldSelector('metadata.name=a') },
        log: ['ADDED a', 'MODIFIED a', 'DELETED a'],
      },
      {
        name: 'a name in all namespaces',
        selection: { fields: parseFieldSelector('metadata.name=a') },
        log: ['ADDED a', 'MODIFIED a', 'ADDED a', 'DELETED a'],
      },
      {
        name: 'a label that comes later',
        selection: { labels: parseLabelSelector('tier=web') },
        log: ['ADDED a', 'DELETED a'],
      },
      {
        name: 'an indexed field',
        selection: { fields: parseFieldSelector('spec.nodeName=n2') },
        log: ['ADDED a', 'DELETED a'],
      },
      {
        name: 'an indexed field that is left',
        selection: { fields: parseFieldSelector('spec.nodeName=n1') },
        log: ['ADDED a', 'ADDED b', 'DELETED a', 'DELETED b'],
      },
      {
        name: 'an indexed field by what it is not',
        selection: { fields: parseFieldSelector('spec.nodeName!=n1') },
        log: ['ADDED a', 'ADDED a', 'DELETED a'],
      },
      {
        name: 'an indexed field in a namespace',
        prefix: `${things}other/`,
        selection: { fields: parseFieldSelector('spec.nodeName=n1') },
        log: [],
      },
    ];
    for (const { name, prefix = things, selection, log } of selections) {
      it(name, async () => {
        await using fixture = await Fixture.open();
        const sink = await startWatch(
          fixture,
          { ...fromNow, ...(selection === undefined ? {} : { selection }) },
          prefix,
        );
        const a = await fixture.create(aThing('a', { spec: { nodeName: 'n1' } }));
        const b = await fixture.create(aThing('b', { spec: { nodeName: 'n1' } }));
        const a2 = await fixture.write(
          aThing('a', { labels: { tier: 'web' }, spec: { nodeName: 'n2' } }),
          a.revision,
        );
        await fixture.create(aThing('a', { namespace: 'other' }));
        await fixture.remove(a2);
        await fixture.remove(b);
        await settle();
        expect(sink.log).to.deep.equal(log);
        const late = await startWatch(
          fixture,
          {
            resourceVersion: String(a.revision - 1),
            ...(selection === undefined ? {} : { selection }),
          },
          prefix,
        );
        expect(late.log).to.deep.equal(log);
      });
    }

    it('gives what leaves the selection as it was, at the revision of the change', async () => {
      await using fixture = await Fixture.open();
      const a = await fixture.create(aThing('a', { labels: { tier: 'web' } }));
      const sink = await startWatch(fixture, {
        ...fromNow,
        selection: { labels: parseLabelSelector('tier=web') },
      });
      const a2 = await fixture.write(aThing('a', { labels: { tier: 'db' } }), a.revision);
      await settle();
      const event = sink.batches[0]?.[0] as ObjectEvent<Thing>;
      expect(event.type).to.equal('DELETED');
      expect(event.snapshot.object.metadata).to.deep.include({
        labels: { tier: 'web' },
        resourceVersion: String(a2.revision),
      });
      expect(event.revision).to.equal(a2.revision);
    });

    it('parses nothing for those who take everything', async () => {
      await using fixture = await Fixture.open();
      await startWatch(fixture);
      const a = await fixture.create(aThing('a'));
      await fixture.write(aThing('a', { spec: { note: '2' } }), a.revision);
      await settle();
      expect(fixture.parsed).to.equal(0);
    });
  });

  describe('hands over', () => {
    it('the events of one transaction together', async () => {
      await using fixture = await Fixture.open();
      const sink = await startWatch(fixture, fromNow);
      await fixture.writeElsewhere(
        Object.fromEntries(['a', 'b', 'c'].map((name) => [keyOf(name), encode(aThing(name))])),
      );
      await settle();
      expect(sink.batches).to.have.lengthOf(1);
      expect(sink.log).to.deep.equal(['ADDED a', 'ADDED b', 'ADDED c']);
    });

    it('the same array to watches with the same selection, the same event to all', async () => {
      await using fixture = await Fixture.open();
      const selection = (): Selection => ({ labels: parseLabelSelector('app=web') });
      const [one, two, all] = [
        await startWatch(fixture, { ...fromNow, selection: selection() }),
        await startWatch(fixture, { ...fromNow, selection: selection() }),
        await startWatch(fixture, fromNow),
      ];
      await fixture.create(aThing('a', { labels: { app: 'web' } }));
      await settle();
      expect(one?.batches[0]).to.equal(two?.batches[0]);
      expect(one?.batches[0]?.[0]).to.equal(all?.batches[0]?.[0]);
    });

    it('events that are encoded once', async () => {
      await using fixture = await Fixture.open();
      const sinks = [
        await startWatch(fixture, fromNow),
        await startWatch(fixture, { ...fromNow, selection: { labels: parseLabelSelector('!x') } }),
      ];
      await fixture.create(aThing('a'));
      await settle();
      let made = 0;
      for (const sink of sinks) {
        const event = sink.batches[0]?.[0] as ObjectEvent<Thing>;
        event.encoded('json', ({ snapshot }) => {
          made++;
          return snapshot.json;
        });
      }
      expect(made).to.equal(1);
    });

    it('nothing to a watch that was stopped', async () => {
      await using fixture = await Fixture.open();
      const sink = new RecordingSink<Thing>();
      const handle = await fixture.storage.watch(things, fromNow, sink);
      await settle();
      handle.stop();
      handle.stop();
      await fixture.create(aThing('a'));
      await settle();
      expect([sink.log, sink.ended]).to.deep.equal([[], false]);
    });

    it('events to the others when one sink throws', async () => {
      await using fixture = await Fixture.open();
      let error: Error | undefined;
      await fixture.storage.watch(things, fromNow, {
        next: () => {
          throw new Error('a bug');
        },
        end: (reason) => void (error = reason),
      });
      const sink = await startWatch(fixture, fromNow);
      await fixture.create(aThing('a'));
      await settle();
      expect(sink.log).to.deep.equal(['ADDED a']);
      expect(error).to.include({ code: 500 });
    });
  });
});

import { expect } from 'chai';
import type { ClauseGroup } from './clause.ts';
import type { Trial } from './trial.ts';
import { bytes, text } from './trial.ts';
import { revisionOf } from './watch-reader.ts';

/** Writes of several kinds, among them some of many keys; their last is `last`. */
async function writeHistory(trial: Trial): Promise<void> {
  await trial.put('a', '1');
  await trial.put('b', '1');
  await trial.write(
    { type: 'put', key: trial.key('c'), value: bytes('1') },
    { type: 'put', key: trial.key('d'), value: bytes('1') },
    { type: 'delete', key: trial.key('a') },
  );
  await trial.put('b', '2');
  await trial.delete('c');
  await trial.put('last', '');
}

const history = [
  'put a=1',
  'put b=1',
  'put c=1',
  'put d=1',
  'delete a',
  'put b=2',
  'delete c',
] as const;

export const watchClauses: ClauseGroup = {
  name: 'watches',
  clauses: [
    {
      name: 'delivers every change after a revision, in order, once',
      async run(trial) {
        const watch = trial.watch(await trial.backend.revision());
        await writeHistory(trial);
        const events = await watch.eventsUntil('last');
        expect(events.map((event) => watch.show(event))).to.deep.equal(history);
      },
    },
    {
      name: 'replays changes that happened before it began',
      async run(trial) {
        const start = await trial.backend.revision();
        await writeHistory(trial);
        const watch = trial.watch(start);
        const events = await watch.eventsUntil('last');
        expect(events.map((event) => watch.show(event))).to.deep.equal(history);
      },
    },
    {
      name: 'goes on from replayed changes to new ones without a gap',
      async run(trial) {
        const start = await trial.backend.revision();
        await trial.put('a', '1');
        const watch = trial.watch(start);
        await trial.put('a', '2');
        const replayed = await watch.take(2);
        await trial.put('a', '3');
        const rest = await watch.take(1);
        expect([...replayed, ...rest].map((event) => watch.show(event))).to.deep.equal([
          'put a=1',
          'put a=2',
          'put a=3',
        ]);
      },
    },
    {
      name: 'can be resumed after each revision',
      async run(trial) {
        const start = await trial.backend.revision();
        await writeHistory(trial);
        const all = await trial.watch(start).eventsUntil('last');
        for (let after = start; after < (await trial.backend.revision()) - 1; after++) {
          const watch = trial.watch(after);
          const events = await watch.eventsUntil('last');
          expect(events).to.deep.equal(all.filter((event) => revisionOf(event) > after));
          await watch.close();
        }
      },
    },
    {
      name: "delivers a revision's events together",
      async run(trial) {
        const start = await trial.backend.revision();
        const live = trial.watch(start);
        for (let round = 0; round < 20; round++) {
          const puts = Array.from({ length: 50 }, (_, i) => trial.key(`k${i}`));
          await trial.write(
            ...puts.map((key) => ({ type: 'put', key, value: bytes(String(round)) }) as const),
          );
        }
        for (const watch of [live, trial.watch(start)]) {
          for (let seen = 0; seen < 1000;) {
            const batch = await watch.next();
            expect(batch!.events.length % 50).to.equal(0);
            seen += batch!.events.length;
          }
        }
      },
    },
    {
      name: 'says what a key held before',
      async run(trial) {
        const watch = trial.watch(await trial.backend.revision());
        const created = await trial.put('a', '1');
        const updated = await trial.put('a', '2');
        const deleted = await trial.delete('a');
        await trial.put('a', '3');
        const events = await watch.take(4);
        expect(events.map((event) => text(event.previous))).to.deep.equal([
          undefined,
          '1',
          '2',
          undefined,
        ]);
        expect(events.map((event) => event.previous?.revision)).to.deep.equal([
          undefined,
          created,
          updated,
          undefined,
        ]);
        expect(events[2]).to.include({ type: 'delete', key: trial.key('a'), revision: deleted });
      },
    },
    {
      name: 'delivers only what is under its prefix, also out of a larger transaction',
      async run(trial) {
        const watch = trial.watch(await trial.backend.revision(), { name: 'in/' });
        await trial.put('out/1', '1');
        await trial.write(
          { type: 'put', key: trial.key('out/2'), value: bytes('1') },
          { type: 'put', key: trial.key('in/1'), value: bytes('1') },
          { type: 'delete', key: trial.key('out/1') },
        );
        await trial.put('in/last', '');
        const events = await watch.eventsUntil('in/last');
        expect(events.map((event) => watch.show(event))).to.deep.equal(['put in/1=1']);
      },
    },
    {
      name: 'waits for a revision that has not happened yet',
      async run(trial) {
        const start = await trial.backend.revision();
        const watch = trial.watch(start + 2);
        for (const value of ['1', '2', '3']) await trial.put('a', value);
        const events = await watch.take(1);
        expect(events.map((event) => watch.show(event))).to.deep.equal(['put a=3']);
      },
    },
    {
      name: 'serves several watches independently of each other',
      async run(trial) {
        const start = await trial.backend.revision();
        const controller = new AbortController();
        const all = trial.watch(start);
        const some = trial.watch(start, { name: 'b' });
        const other = trial.watch(start, { signal: controller.signal });
        await trial.put('a', '1');
        await other.take(1);
        controller.abort();
        await writeHistory(trial);
        expect(await all.eventsUntil('last')).to.have.length(history.length + 1);
        expect((await some.take(2)).map((event) => some.show(event))).to.deep.equal([
          'put b=1',
          'put b=2',
        ]);
      },
    },
    {
      name: 'lets a reader that does not read hold up nobody, and keeps everything for it',
      async run(trial) {
        const start = await trial.put('first', '1');
        const idle = trial.watch(start - 1);
        await idle.take(1);
        const reading = trial.watch(start);
        const value = new Uint8Array(200_000);
        for (let i = 0; i < 40; i++) {
          await trial.write({ type: 'put', key: trial.key('a'), value });
          expect((await reading.take(1))[0]).to.have.property('type', 'put');
        }
        await idle.take(40);
      },
    },
    {
      name: 'loses nothing for a reader that is slower than the writers',
      async run(trial) {
        const watch = trial.watch(await trial.backend.revision());
        await trial.put('count', '-1');
        await watch.take(1);
        const values = Array.from({ length: 1500 }, (_, i) => String(i));
        for (let i = 0; i < values.length; i += 50) {
          await Promise.all(values.slice(i, i + 50).map((value) => trial.put(value, value)));
        }
        await trial.put('last', '');
        const events = await watch.eventsUntil('last');
        expect(events.map((event) => watch.show(event)).toSorted()).to.deep.equal(
          values.map((value) => `put ${value}=${value}`).toSorted(),
        );
      },
    },
  ],
};

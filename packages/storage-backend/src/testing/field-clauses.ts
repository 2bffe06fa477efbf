import { expect } from 'chai';
import type { Revision } from '../storage-backend.ts';
import type { ClauseGroup } from './clause.ts';
import type { Trial } from './trial.ts';
import { bytes, expectError } from './trial.ts';

/** Writes until told to stop; returns what was acknowledged, by name. */
async function writeUntil(
  trial: Trial,
  writer: number,
  isOver: () => boolean,
): Promise<Map<string, Revision>> {
  const acknowledged = new Map<string, Revision>();
  for (let i = 0; !isOver(); i++) {
    const name = `w${writer}-${i}`;
    try {
      acknowledged.set(name, await trial.put(name, String(i)));
    } catch (error) {
      // Cut off by the end of the store: it may have been written or not.
      if (!isOver()) throw error;
    }
  }
  return acknowledged;
}

/**
 * What was found wrong with etcd in the field: https://github.com/etcd-io/etcd/blob/main/tests/robustness/README.md.
 * docs/storage.md names the report that each clause goes back to.
 */
export const fieldClauses: ClauseGroup = {
  name: 'found in the field',
  clauses: [
    {
      name: 'tells a busy watch about progress only when all up to there is delivered',
      async run(trial) {
        const start = await trial.backend.revision();
        const watch = trial.watch(start);
        let last = 0;
        const write = async () => {
          for (let i = 0; i < 200; i++) last = await trial.put(`k${i % 7}`, String(i));
          last = await trial.put('last', '');
        };
        const writing = write();
        const delivered: Revision[] = [];
        for (;;) {
          // A reader who never lets the event loop turn would keep the writer from its disk.
          await new Promise((resolve) => setImmediate(resolve));
          trial.backend.requestProgress(trial.prefix);
          const batch = await watch.next();
          if (batch!.events.length === 0) {
            // Nothing else writes under the prefix: every revision up to here is one of these.
            const until = batch!.revision;
            expect(delivered.filter((revision) => revision <= until)).to.deep.equal(delivered);
            expect(delivered.at(-1) ?? start).to.equal(until);
          }
          for (const event of batch!.events) {
            delivered.push(event.type === 'put' ? event.entry.revision : event.revision);
          }
          if (last > 0 && delivered.at(-1) === last && delivered.length === 201) break;
        }
        await writing;
      },
    },
    {
      name: 'delivers each change of transactions that succeed, fail and change nothing once',
      async run(trial) {
        const watch = trial.watch(await trial.backend.revision());
        const a = await trial.put('a', '1');
        const attempts = [a, a - 1, a, 0].map((revision, i) =>
          trial.backend.transact({
            compare: [{ key: trial.key('a'), revision }],
            then: [
              { type: 'put', key: trial.key('a'), value: bytes(`t${i}`) },
              { type: 'put', key: trial.key('b'), value: bytes(`t${i}`) },
              { type: 'delete', key: trial.key('absent') },
            ],
          }),
        );
        const succeeded = (await Promise.all(attempts)).map((result) => result.succeeded);
        expect(succeeded.filter(Boolean)).to.have.length(1);
        const winner = succeeded.indexOf(true);
        await trial.delete('absent');
        await trial.put('last', '');
        const events = await watch.eventsUntil('last');
        expect(events.map((event) => watch.show(event))).to.deep.equal([
          'put a=1',
          `put a=t${winner}`,
          `put b=t${winner}`,
        ]);
      },
    },
    {
      name: 'does not skip a deletion that history was compacted at: the watch is told',
      async run(trial) {
        const before = await trial.put('a', '1');
        const deleted = await trial.delete('a');
        await trial.backend.compact(deleted);
        await expectError(trial.watch(before).next(), 'compacted');
        const watch = trial.watch(deleted);
        await trial.put('a', '2');
        expect((await watch.take(1)).map((event) => watch.show(event))).to.deep.equal(['put a=2']);
      },
    },
    {
      name: 'delivers a deletion right behind the compacted revision',
      async run(trial) {
        await trial.put('a', '1');
        const before = await trial.put('b', '1');
        await trial.delete('a');
        await trial.backend.compact(before);
        const watch = trial.watch(before);
        expect((await watch.take(1)).map((event) => watch.show(event))).to.deep.equal(['delete a']);
      },
    },
    {
      name: 'keeps deciding transactions rightly after reads at a compacted revision were refused',
      async run(trial) {
        const first = await trial.put('a', '1');
        const second = await trial.put('a', '2');
        await trial.backend.compact(second);
        await expectError(trial.value('a', first), 'compacted');
        expect((await trial.putIf('a', first, '3')).succeeded).to.equal(false);
        expect((await trial.putIf('a', second, '3')).succeeded).to.equal(true);
        await expectError(trial.contents(first), 'compacted');
        expect(await trial.contents()).to.deep.equal(['a=3']);
      },
    },
    {
      name: 'delivers neither old changes nor progress to a watch on a future revision',
      async run(trial) {
        const start = await trial.put('a', '1');
        const future = start + 5;
        const watch = trial.watch(future);
        for (let i = 0; i < 8; i++) {
          trial.backend.requestProgress(trial.prefix);
          await trial.put('a', `later ${i}`);
        }
        trial.backend.requestProgress(trial.prefix);
        for (let seen: Revision = 0; seen < start + 8;) {
          const batch = await watch.next();
          for (const event of batch!.events) {
            expect(event).to.have.property('type', 'put');
          }
          expect(batch!.revision).to.be.at.least(future);
          if (batch!.events.length > 0) expect(batch!.revision).to.be.above(future);
          seen = batch!.revision;
        }
      },
    },
  ],
};

/** The same, for what showed when a process ended. */
export const fieldCrashClauses: ClauseGroup = {
  name: 'found in the field, after a restart',
  needsReopen: true,
  clauses: [
    {
      name: 'has every write that was acknowledged while it was closed under load, at its revision',
      async run(trial) {
        const start = await trial.put('first', '');
        let over = false;
        const writing = Array.from({ length: 16 }, (_, i) => writeUntil(trial, i, () => over));
        await trial
          .watch(start)
          .take(100)
          .catch(() => undefined);
        over = true;
        await trial.reopen();
        const acknowledged = (await Promise.all(writing)).flatMap((one) => [...one]);
        expect(acknowledged.length).to.be.above(50);
        const { entries } = await trial.backend.list(trial.prefix);
        const found = new Map(entries.map((entry) => [entry.key, entry.revision]));
        for (const [name, revision] of acknowledged) {
          expect(found.get(trial.key(name)), name).to.equal(revision);
        }
        expect(new Set(found.values()).size).to.equal(found.size);
      },
    },
    {
      name: 'does not go back behind a revision whose deletion was compacted',
      async run(trial) {
        await trial.put('a', '1');
        const deleted = await trial.delete('a');
        await trial.backend.compact(deleted);
        await trial.reopen();
        expect(await trial.backend.revision()).to.equal(deleted);
        expect(await trial.put('a', '2')).to.equal(deleted + 1);
      },
    },
    {
      name: 'takes no watch back in time that goes on after a restart',
      async run(trial) {
        const start = await trial.backend.revision();
        for (let i = 0; i < 20; i++) await trial.put(`k${i % 5}`, String(i));
        const seen = await trial.watch(start).take(20);
        const last = seen.at(-1)!;
        const reached = last.type === 'put' ? last.entry.revision : last.revision;
        await trial.reopen();
        const watch = trial.watch(reached);
        await trial.put('k0', 'new');
        expect((await watch.take(1)).map((event) => watch.show(event))).to.deep.equal([
          'put k0=new',
        ]);
      },
    },
  ],
};

import { expect } from 'chai';
import type { ClauseGroup } from './clause.ts';
import { bytes, expectError } from './trial.ts';

export const durabilityClauses: ClauseGroup = {
  name: 'durability',
  needsReopen: true,
  clauses: [
    {
      name: 'holds the same keys, values and revisions after it is opened again',
      async run(trial) {
        for (let i = 0; i < 50; i++) await trial.put(`k${i % 20}`, String(i));
        await trial.delete('k3');
        const before = await trial.backend.list(trial.prefix);
        await trial.reopen();
        const after = await trial.backend.list(trial.prefix);
        expect(after.revision).to.equal(before.revision);
        const plain = before.entries.map((e) => [trial.show(e), e.revision]);
        expect(after.entries.map((e) => [trial.show(e), e.revision])).to.deep.equal(plain);
      },
    },
    {
      name: 'goes on with the next revision, and never gives one out again',
      async run(trial) {
        await trial.put('a', '1');
        const last = await trial.delete('a');
        await trial.reopen();
        expect(await trial.backend.revision()).to.equal(last);
        expect(await trial.put('a', '2')).to.equal(last + 1);
      },
    },
    {
      name: 'resumes watches from before it was closed, with what keys held before',
      async run(trial) {
        const start = await trial.put('a', '1');
        await trial.write(
          { type: 'put', key: trial.key('a'), value: bytes('2') },
          { type: 'put', key: trial.key('b'), value: bytes('2') },
        );
        await trial.delete('a');
        await trial.put('last', '');
        const before = await trial.watch(start).eventsUntil('last');
        await trial.reopen();
        const watch = trial.watch(start);
        const after = await watch.eventsUntil('last');
        expect(after.map((event) => watch.show(event))).to.deep.equal(
          before.map((event) => watch.show(event)),
        );
        expect(after.map((event) => event.previous?.revision)).to.deep.equal(
          before.map((event) => event.previous?.revision),
        );
      },
    },
    {
      name: 'reads at revisions from before it was closed',
      async run(trial) {
        const first = await trial.put('a', '1');
        await trial.put('a', '2');
        await trial.delete('a');
        await trial.reopen();
        expect(await trial.contents(first)).to.deep.equal(['a=1']);
        expect(await trial.contents(first + 1)).to.deep.equal(['a=2']);
        expect(await trial.contents()).to.deep.equal([]);
      },
    },
    {
      name: 'remembers what was compacted',
      async run(trial) {
        const first = await trial.put('a', '1');
        const second = await trial.put('a', '2');
        await trial.put('b', '1');
        await trial.backend.compact(second);
        await trial.reopen();
        expect(await trial.backend.compactedRevision()).to.equal(second);
        await expectError(trial.contents(first), 'compacted');
        await expectError(trial.watch(first).next(), 'compacted');
        expect(await trial.contents(second)).to.deep.equal(['a=2']);
        expect(await trial.watch(second).take(1)).to.have.length(1);
      },
    },
    {
      name: 'remembers which keys are to delete themselves',
      async run(trial) {
        const start = await trial.put('gone', '1', { ttlSeconds: 1 });
        await trial.put('kept', '1', { ttlSeconds: 1 });
        await trial.put('kept', '2');
        await trial.reopen();
        const watch = trial.watch(start);
        const events = await watch.take(3);
        expect(watch.show(events[2]!)).to.equal('delete gone');
        expect(await trial.contents()).to.deep.equal(['kept=2']);
      },
    },
  ],
};

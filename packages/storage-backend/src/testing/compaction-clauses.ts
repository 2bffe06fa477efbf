import { expect } from 'chai';
import type { ClauseGroup } from './clause.ts';
import { expectError } from './trial.ts';

export const compactionClauses: ClauseGroup = {
  name: 'compaction',
  clauses: [
    {
      name: 'refuses reads before the compacted revision and serves those at it and later',
      async run(trial) {
        const first = await trial.put('a', '1');
        const second = await trial.put('a', '2');
        const third = await trial.put('a', '3');
        await trial.backend.compact(second);
        const get = trial.backend.get(trial.key('a'), { at: first });
        expect((await expectError(get, 'compacted')).revision).to.equal(third);
        const list = trial.backend.list(trial.prefix, { at: first });
        expect((await expectError(list, 'compacted')).revision).to.equal(third);
        expect(await trial.contents(second)).to.deep.equal(['a=2']);
        expect(await trial.contents()).to.deep.equal(['a=3']);
      },
    },
    {
      name: 'refuses watches after a revision before the compacted one',
      async run(trial) {
        const first = await trial.put('a', '1');
        const second = await trial.put('a', '2');
        const third = await trial.put('a', '3');
        await trial.backend.compact(second);
        for (const after of [0, first]) {
          const error = await expectError(trial.watch(after).next(), 'compacted');
          expect(error.revision).to.be.at.least(third);
        }
      },
    },
    {
      name: 'serves watches after the compacted revision completely, deletions too',
      async run(trial) {
        await trial.put('a', '1');
        await trial.put('b', '1');
        const compacted = await trial.put('c', '1');
        await trial.delete('a');
        await trial.put('b', '2');
        await trial.backend.compact(compacted);
        const watch = trial.watch(compacted);
        const events = await watch.take(2);
        expect(events.map((event) => watch.show(event))).to.deep.equal(['delete a', 'put b=2']);
      },
    },
    {
      name: 'lets running watches go on',
      async run(trial) {
        const watch = trial.watch(await trial.backend.revision());
        const first = await trial.put('a', '1');
        await watch.take(1);
        await trial.backend.compact(first);
        await trial.put('a', '2');
        const events = await watch.take(1);
        expect(events.map((event) => watch.show(event))).to.deep.equal(['put a=2']);
      },
    },
    {
      name: 'knows the compacted revision, and does nothing when asked for an earlier one',
      async run(trial) {
        const first = await trial.put('a', '1');
        const second = await trial.put('a', '2');
        expect(await trial.backend.compactedRevision()).to.be.below(first);
        await trial.backend.compact(second);
        expect(await trial.backend.compactedRevision()).to.equal(second);
        await trial.backend.compact(first);
        await trial.backend.compact(second);
        expect(await trial.backend.compactedRevision()).to.equal(second);
        expect(await trial.contents()).to.deep.equal(['a=2']);
      },
    },
    {
      name: 'compacts to the newest revision and goes on',
      async run(trial) {
        const revision = await trial.put('a', '1');
        await trial.backend.compact(revision);
        expect(await trial.contents(revision)).to.deep.equal(['a=1']);
        const watch = trial.watch(revision);
        await trial.put('a', '2');
        expect((await watch.take(1)).map((event) => watch.show(event))).to.deep.equal(['put a=2']);
        expect(await trial.contents(revision)).to.deep.equal(['a=1']);
      },
    },
    {
      name: 'keeps live keys that were written long before',
      async run(trial) {
        for (let i = 0; i < 30; i++) await trial.put(`k${i % 10}`, String(i));
        await trial.delete('k0');
        const before = await trial.contents();
        await trial.backend.compact(await trial.backend.revision());
        expect(await trial.contents()).to.deep.equal(before);
        expect(await trial.backend.count(trial.prefix)).to.equal(9);
      },
    },
  ],
};

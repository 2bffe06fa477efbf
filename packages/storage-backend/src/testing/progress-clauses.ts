import { expect } from 'chai';
import type { ClauseGroup } from './clause.ts';

export const progressClauses: ClauseGroup = {
  name: 'progress',
  clauses: [
    {
      name: 'tells a watch that waits how far the store has come, though nothing under its prefix changed',
      async run(trial) {
        const watch = trial.watch(await trial.backend.revision(), { name: 'quiet/' });
        const newest = await trial.put('loud', '1');
        const progress = watch.progress();
        trial.backend.requestProgress(trial.key('quiet/'));
        expect(await progress).to.be.at.least(newest);
      },
    },
    {
      name: 'tells a watch about progress only behind the changes up to there',
      async run(trial) {
        const watch = trial.watch(await trial.backend.revision());
        for (let i = 0; i < 20; i++) await trial.put(`k${i}`, '1');
        trial.backend.requestProgress(trial.prefix);
        const newest = await trial.backend.revision();
        let seen = 0;
        for (let reached = 0; reached < newest;) {
          const batch = await watch.next();
          seen += batch!.events.length;
          reached = batch!.revision;
          if (batch!.events.length === 0) expect(seen).to.equal(20);
        }
        expect(seen).to.equal(20);
      },
    },
    {
      name: 'lets a watch be resumed after a revision that it was told about',
      async run(trial) {
        const watch = trial.watch(await trial.backend.revision(), { name: 'quiet/' });
        await trial.put('loud', '1');
        const progress = watch.progress();
        trial.backend.requestProgress(trial.key('quiet/'));
        const resumed = trial.watch(await progress, { name: 'quiet/' });
        await trial.put('quiet/a', '1');
        const events = await resumed.take(1);
        expect(events.map((event) => resumed.show(event))).to.deep.equal(['put quiet/a=1']);
      },
    },
    {
      name: 'asks without harm when nobody watches',
      async run(trial) {
        trial.backend.requestProgress(trial.prefix);
        await trial.put('a', '1');
        expect(await trial.contents()).to.deep.equal(['a=1']);
      },
    },
  ],
};

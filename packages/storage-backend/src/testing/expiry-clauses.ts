import { expect } from 'chai';
import type { Entry } from '../storage-backend.ts';
import type { ClauseGroup } from './clause.ts';

export const expiryClauses: ClauseGroup = {
  name: 'time to live',
  clauses: [
    {
      name: 'deletes a key after its time, with a revision and an event',
      async run(trial) {
        const watch = trial.watch(await trial.backend.revision());
        const written = await trial.put('a', '1', { ttlSeconds: 1 });
        expect(await trial.value('a')).to.equal('1');
        const [put, gone] = await watch.take(2);
        expect(watch.show(put!)).to.equal('put a=1');
        expect(gone).to.deep.include({
          type: 'delete',
          key: trial.key('a'),
          previous: (put as { entry: Entry }).entry,
        });
        expect(gone).to.have.property('revision').that.is.above(written);
        expect(await trial.value('a')).to.equal(undefined);
        expect(await trial.value('a', written)).to.equal('1');
      },
    },
    {
      name: 'counts the time from the last put, and lets a key stay that was put again without a time',
      async run(trial) {
        const watch = trial.watch(await trial.backend.revision());
        for (const name of ['later', 'forever', 'anew']) {
          await trial.put(name, '1', { ttlSeconds: 1 });
        }
        await trial.put('later', '2', { ttlSeconds: 3600 });
        await trial.put('forever', '2');
        await trial.delete('anew');
        await trial.put('anew', '2');
        await trial.put('gone', '1', { ttlSeconds: 1 });
        const events = await watch.take(9);
        expect(watch.show(events.at(-1)!)).to.equal('delete gone');
        expect(await trial.contents()).to.deep.equal(['anew=2', 'forever=2', 'later=2']);
        await trial.delete('later');
      },
    },
    {
      name: 'deletes each of many keys once',
      async run(trial) {
        const watch = trial.watch(await trial.backend.revision());
        const names = Array.from({ length: 100 }, (_, i) => `k${i}`);
        await Promise.all(names.map((name) => trial.put(name, '1', { ttlSeconds: 1 })));
        const events = await watch.take(200);
        const gone = events.map((event) => watch.show(event)).filter((line) => line[0] === 'd');
        expect(gone.toSorted()).to.deep.equal(names.map((name) => `delete ${name}`).toSorted());
        expect(await trial.contents()).to.deep.equal([]);
      },
    },
  ],
};

import { expect } from 'chai';
import type { ClauseGroup } from './clause.ts';
import type { Trial } from './trial.ts';
import { expectError } from './trial.ts';
import { StorageError } from '../storage-error.ts';

/** What the stores of these clauses may hold. */
export const quotaBytes = 4 * 1024 * 1024;
const value = 'x'.repeat(100 * 1024);

/** Writes until the store takes no more; returns how many keys it took. */
async function fill(trial: Trial): Promise<number> {
  for (let i = 0; i < 200; i++) {
    try {
      await trial.put(`k${i}`, value);
    } catch (error) {
      expect(error).to.be.instanceOf(StorageError).with.property('code', 'no-space');
      return i;
    }
  }
  throw new Error('The quota was never reached');
}

export const quotaClauses: ClauseGroup = {
  name: 'quota',
  needsQuota: true,
  clauses: [
    {
      name: 'refuses writes beyond it with `no-space`, and lets reads and watches go on',
      async run(trial) {
        const start = await trial.backend.revision();
        const kept = await fill(trial);
        expect(kept).to.be.above(5);
        const newest = await trial.backend.revision();
        await expectError(trial.put('more', value), 'no-space');
        await expectError(trial.put('k0', value), 'no-space');
        expect(await trial.backend.revision()).to.equal(newest);
        expect(await trial.backend.count(trial.prefix)).to.equal(kept);
        expect(await trial.value('k1')).to.equal(value);
        expect(await trial.watch(start).take(kept)).to.have.length(kept);
      },
    },
    {
      name: 'refuses all of a transaction or nothing',
      async run(trial) {
        const kept = await fill(trial);
        const put = (name: string) =>
          ({ type: 'put', key: trial.key(name), value: Buffer.from(value) }) as const;
        await expectError(
          trial.write({ type: 'delete', key: trial.key('k0') }, put('a'), put('b')),
          'no-space',
        );
        expect(await trial.backend.count(trial.prefix)).to.equal(kept);
      },
    },
    {
      name: 'still deletes and compacts, and takes writes again when that made room',
      async run(trial) {
        const kept = await fill(trial);
        for (let i = 0; i < kept - 1; i++) await trial.delete(`k${i}`);
        await trial.backend.compact(await trial.backend.revision());
        await trial.makeRoom();
        const revision = await trial.put('again', value);
        expect((await trial.backend.get(trial.key('again')))!.revision).to.equal(revision);
        expect(await trial.value(`k${kept - 1}`)).to.equal(value);
      },
    },
  ],
};

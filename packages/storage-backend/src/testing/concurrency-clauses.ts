import { expect } from 'chai';
import type { ClauseGroup } from './clause.ts';
import type { Trial } from './trial.ts';
import { bytes, text } from './trial.ts';

const writers = Array.from({ length: 32 }, (_, i) => i);

/** Adds one to a counter, as often as it takes; returns the revision at which it was done. */
async function increment(trial: Trial, name: string): Promise<number> {
  let entry = await trial.backend.get(trial.key(name));
  for (;;) {
    const value = String(Number(text(entry) ?? 0) + 1);
    const result = await trial.putIf(name, entry?.revision ?? 0, value);
    if (result.succeeded) return result.revision;
    entry = result.current[0];
  }
}

export const concurrencyClauses: ClauseGroup = {
  name: 'concurrency',
  clauses: [
    {
      name: 'lets one of many creators win, and tells the others what it wrote',
      async run(trial) {
        const results = await Promise.all(writers.map((i) => trial.putIf('a', 0, String(i))));
        const winners = results.flatMap((result) => (result.succeeded ? [result.revision] : []));
        expect(winners).to.have.length(1);
        const entry = await trial.backend.get(trial.key('a'));
        expect(entry!.revision).to.equal(winners[0]);
        for (const result of results) {
          if (!result.succeeded) expect(result.current).to.deep.equal([entry]);
        }
      },
    },
    {
      name: 'loses no increment of a counter that many write',
      async run(trial) {
        const watch = trial.watch(await trial.backend.revision());
        const revisions = await Promise.all(writers.map(() => increment(trial, 'counter')));
        expect(new Set(revisions).size).to.equal(writers.length);
        expect(await trial.value('counter')).to.equal(String(writers.length));
        const events = await watch.take(writers.length);
        expect(events.map((event) => watch.show(event))).to.deep.equal(
          writers.map((i) => `put counter=${i + 1}`),
        );
      },
    },
    {
      name: 'gives concurrent writes revisions of their own, without holes',
      async run(trial) {
        const before = await trial.backend.revision();
        const revisions = await Promise.all(writers.map((i) => trial.put(`k${i}`, '1')));
        expect(revisions.toSorted((a, b) => a - b)).to.deep.equal(
          writers.map((i) => before + 1 + i),
        );
      },
    },
    {
      name: 'never shows half of a transaction to a list',
      async run(trial) {
        let done = false;
        const write = async () => {
          for (let round = 0; round < 100; round++) {
            const value = bytes(String(round));
            await trial.write(
              { type: 'put', key: trial.key('left'), value },
              { type: 'put', key: trial.key('right'), value },
            );
          }
          done = true;
        };
        const read = async () => {
          while (!done) {
            const { entries } = await trial.backend.list(trial.prefix);
            expect(text(entries[0])).to.equal(text(entries[1]));
            // Readers who never let the event loop turn would keep the writer from its disk.
            await new Promise((resolve) => setImmediate(resolve));
          }
        };
        await Promise.all([write(), read(), read()]);
      },
    },
    {
      name: 'shows every reader that starts later what a writer was told is written',
      async run(trial) {
        await Promise.all(
          writers.map(async (i) => {
            const revision = await trial.put(`k${i}`, String(i));
            expect(await trial.value(`k${i}`)).to.equal(String(i));
            expect(await trial.backend.revision()).to.be.at.least(revision);
            const page = await trial.backend.list(trial.prefix);
            expect(page.revision).to.be.at.least(revision);
            expect(page.entries.map((entry) => trial.show(entry))).to.include(`k${i}=${i}`);
          }),
        );
      },
    },
  ],
};

import { expect } from 'chai';
import type { Clause, ClauseGroup } from './clause.ts';
import type { Trial } from './trial.ts';
import { expectError } from './trial.ts';

interface FutureCase {
  readonly name: string;
  readonly attempt: (trial: Trial, revision: number) => Promise<unknown>;
}

const futures: readonly FutureCase[] = [
  {
    name: 'refuses to get at a revision that has not happened',
    attempt: (trial, at) => trial.backend.get(trial.key('a'), { at }),
  },
  {
    name: 'refuses to list at a revision that has not happened',
    attempt: (trial, at) => trial.backend.list(trial.prefix, { at }),
  },
  {
    name: 'refuses to compact to a revision that has not happened',
    attempt: (trial, revision) => trial.backend.compact(revision),
  },
];

function futureClause({ name, attempt }: FutureCase): Clause {
  return {
    name,
    async run(trial) {
      const newest = await trial.put('a', '1');
      const error = await expectError(attempt(trial, newest + 1000), 'future-revision');
      expect(error.revision).to.equal(newest);
    },
  };
}

export const historyClauses: ClauseGroup = {
  name: 'history',
  clauses: [
    {
      name: 'reads a key as it stood at each revision',
      async run(trial) {
        const before = await trial.put('other', '1');
        const first = await trial.put('a', '1');
        const second = await trial.put('a', '2');
        const deleted = await trial.delete('a');
        const third = await trial.put('a', '3');
        const values = [];
        for (const at of [before, first, second, deleted, third]) {
          values.push(await trial.value('a', at));
        }
        expect(values).to.deep.equal([undefined, '1', '2', undefined, '3']);
      },
    },
    {
      name: 'lists the store as it stood at each of many revisions',
      async run(trial) {
        const states = new Map<number, string[]>();
        const state = new Map<string, string>();
        for (let i = 0; i < 60; i++) {
          const name = `k${(i * 7) % 10}`;
          if (i % 4 === 3 && state.delete(name)) await trial.delete(name);
          else {
            state.set(name, String(i));
            await trial.put(name, String(i));
          }
          const lines = [...state].map(([key, value]) => `${key}=${value}`);
          states.set(await trial.backend.revision(), lines.toSorted());
        }
        for (const [revision, lines] of [...states].toReversed()) {
          expect(await trial.contents(revision)).to.deep.equal(lines);
        }
      },
    },
    {
      name: 'gives an old entry the revision that wrote it and the page the one that was asked for',
      async run(trial) {
        const written = await trial.put('a', '1');
        const between = await trial.put('b', '1');
        await trial.put('a', '2');
        const page = await trial.backend.list(trial.prefix, { at: between, limit: 1 });
        expect(page).to.include({ revision: between, remaining: 1 });
        expect(page.entries[0]).to.include({ revision: written });
      },
    },
    ...futures.map(futureClause),
  ],
};

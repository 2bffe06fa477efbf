import { describe, it } from 'mocha';
import { expect } from 'chai';
import type { BackendUnderTest, Clause, ClauseGroup } from './clause.ts';
import { bytesClauses } from './bytes-clauses.ts';
import { compactionClauses } from './compaction-clauses.ts';
import { concurrencyClauses } from './concurrency-clauses.ts';
import { durabilityClauses } from './durability-clauses.ts';
import { expiryClauses } from './expiry-clauses.ts';
import { fieldClauses, fieldCrashClauses } from './field-clauses.ts';
import { historyClauses } from './history-clauses.ts';
import { lifecycleClauses } from './lifecycle-clauses.ts';
import { listClauses } from './list-clauses.ts';
import { progressClauses } from './progress-clauses.ts';
import { quotaBytes, quotaClauses } from './quota-clauses.ts';
import { randomClauses } from './random-clauses.ts';
import { transactionClauses } from './transaction-clauses.ts';
import { Trial } from './trial.ts';
import { watchClauses } from './watch-clauses.ts';

const groups: readonly ClauseGroup[] = [
  transactionClauses,
  listClauses,
  historyClauses,
  bytesClauses,
  watchClauses,
  progressClauses,
  compactionClauses,
  expiryClauses,
  concurrencyClauses,
  lifecycleClauses,
  durabilityClauses,
  fieldClauses,
  fieldCrashClauses,
  quotaClauses,
  randomClauses,
];

/**
 * Holds a backend to the whole contract, one test for each clause. `STORAGE=memory,etcd3` in the environment narrows a run
 * to the backends of those names.
 */
export function describeStorageBackendContract(name: string, subject: BackendUnderTest): void {
  const only = process.env['STORAGE']?.split(',');
  if (only && !only.includes(name)) return;
  describe(`storage backend contract: ${name}`, () => {
    const applicable = groups.filter((group) => isApplicable(group, subject));
    it('has no exception for a clause that does not exist', () => {
      const names = applicable.flatMap((group) => group.clauses.map((c) => idOf(group, c)));
      expect(names).to.include.members(Object.keys(subject.except ?? {}));
    });
    for (const group of applicable) {
      describe(group.name, () => {
        for (const clause of group.clauses) defineTest(subject, group, clause);
      });
    }
  });
}

function isApplicable(group: ClauseGroup, subject: BackendUnderTest): boolean {
  if (group.needsReopen) return subject.reopen !== undefined;
  return !group.needsQuota || subject.openWithQuota !== undefined;
}

function defineTest(subject: BackendUnderTest, group: ClauseGroup, clause: Clause): void {
  const reason = subject.except?.[idOf(group, clause)];
  if (reason === undefined) {
    it(clause.name, () => tryClause(subject, group, clause));
    return;
  }
  it(`${clause.name} (not here: ${reason})`, async () => {
    const holds = await tryClause(subject, group, clause).then(
      () => true,
      () => false,
    );
    expect(holds, 'an excepted clause holds: remove the exception').to.equal(false);
  });
}

async function tryClause(
  subject: BackendUnderTest,
  group: ClauseGroup,
  clause: Clause,
): Promise<void> {
  const store = group.needsQuota ? subject.openWithQuota!(quotaBytes) : subject.open();
  await using trial = new Trial(await store, subject);
  await clause.run(trial);
}

function idOf(group: ClauseGroup, clause: Clause): string {
  return `${group.name} > ${clause.name}`;
}

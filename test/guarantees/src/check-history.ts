import {
  checkDeletions,
  checkLists,
  checkOperations,
  checkWrittenOnce,
} from './check-operations.ts';
import { checkWatches } from './check-watches.ts';
import type { History, Violation } from './history.ts';
import { VersionLog } from './version-log.ts';

/** All that a history shows to be broken. */
export function checkHistory(history: History): Violation[] {
  const violations: Violation[] = [];
  const log = new VersionLog(history, violations);
  const checks = [checkOperations, checkWrittenOnce, checkLists, checkDeletions, checkWatches];
  for (const check of checks) violations.push(...check(history, log));
  return violations;
}

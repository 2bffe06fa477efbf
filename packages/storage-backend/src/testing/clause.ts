import type { StorageBackend } from '../storage-backend.ts';
import type { Trial } from './trial.ts';

export interface BackendUnderTest {
  /** A store for one clause. It may hold other keys: each clause keeps to a prefix of its own. */
  open(): Promise<StorageBackend>;
  /** Opens again what a backend held that was disposed of. Only for those that outlive their process. */
  reopen?(closed: StorageBackend): Promise<StorageBackend>;
  /** A store of its own that may hold about so many bytes. Without it there are no clauses about quotas. */
  openWithQuota?(bytes: number): Promise<StorageBackend>;
  /** What an operator does, besides deleting and compacting, to let such a store take writes again. */
  makeRoom?(): Promise<void>;
  /** Why a clause cannot hold here, by `group > clause`. A clause that is excepted and holds all the same is a failure. */
  readonly except?: Readonly<Record<string, string>>;
}

/** One promise of the contract. */
export interface Clause {
  readonly name: string;
  readonly run: (trial: Trial) => Promise<void>;
}

export interface ClauseGroup {
  readonly name: string;
  /** Whether it is about what is still there after a restart. */
  readonly needsReopen?: boolean;
  /** Whether it is about a store that is full. */
  readonly needsQuota?: boolean;
  readonly clauses: readonly Clause[];
}

import type { Change } from '../local/commit.ts';
import { VersionedStore } from '../local/versioned-store.ts';
import { LocalBackend } from '../local/local-backend.ts';
import type { LocalOptions } from '../local/local-backend.ts';
import type { Comparison, Revision, TransactionResult } from '../storage-backend.ts';

export type MemoryOptions = LocalOptions;

/** A store that lives as long as its process: for tests, and for servers that may forget. */
export class MemoryBackend extends LocalBackend {
  constructor(options: MemoryOptions = {}) {
    super(new VersionedStore(options), options);
    this.expiries.start();
  }

  override async compact(revision: Revision): Promise<void> {
    this.checkOpen();
    this.store.compact(revision);
  }

  protected override async commit(
    compare: readonly Comparison[],
    changes: readonly Change[],
  ): Promise<TransactionResult> {
    const { commit, result } = this.store.stage(compare, changes);
    if (commit) this.publish(commit);
    return result;
  }
}

export function createMemoryBackend(options?: MemoryOptions): MemoryBackend {
  return new MemoryBackend(options);
}

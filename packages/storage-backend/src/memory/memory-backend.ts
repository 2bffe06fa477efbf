import { LocalBackend } from '../local/local-backend.ts';
import type { LocalOptions } from '../local/local-backend.ts';
import type { Revision, Transaction, TransactionResult } from '../storage-backend.ts';

export type MemoryOptions = LocalOptions;

/** A store that lives as long as its process: for tests, and for servers that may forget. */
export class MemoryBackend extends LocalBackend {
  constructor(options: MemoryOptions = {}) {
    super(undefined, options);
  }

  override async compact(revision: Revision): Promise<void> {
    this.checkOpen();
    this.store.compact(revision);
  }

  protected override async commit(transaction: Transaction): Promise<TransactionResult> {
    const { commit, result } = this.store.stage(transaction, (ttl) => this.expiries.deadline(ttl));
    if (commit) this.publish(commit);
    return result;
  }
}

export function createMemoryBackend(options?: MemoryOptions): MemoryBackend {
  return new MemoryBackend(options);
}

import { keyOf } from '../local/commit.ts';
import type { VersionedStore } from '../local/versioned-store.ts';
import type { Revision } from '../storage-backend.ts';
import { StorageError } from '../storage-error.ts';
import type { LogRecord } from './records.ts';

/** Does again what the log says was done. */
export class Replay {
  readonly store: VersionedStore;
  readonly deadlines: Map<string, number>;
  /** The newest revision that the log named, also where a snapshot had it already. */
  revision: Revision = 0;

  constructor(store: VersionedStore, deadlines: Map<string, number>) {
    this.store = store;
    this.deadlines = deadlines;
  }

  apply(record: LogRecord): void {
    if (record.type === 'compaction') {
      if (record.revision <= this.store.revision) this.store.compact(record.revision);
    } else if (record.type === 'commit') this.#commit(record);
    else
      throw new StorageError('corrupt', { message: `a log holds a record of type ${record.type}` });
  }

  #commit({ revision, changes }: LogRecord & { type: 'commit' }): void {
    this.revision = revision;
    if (revision <= this.store.revision) return;
    const { commit } = this.store.stage([], changes);
    if (commit?.revision !== revision || commit.events.length !== changes.length) {
      throw new StorageError('corrupt', { message: `revision ${revision} does not follow` });
    }
    this.store.publish(commit);
    for (const event of commit.events) {
      const deadline = commit.expiries?.get(keyOf(event));
      if (deadline === undefined) this.deadlines.delete(keyOf(event));
      else this.deadlines.set(keyOf(event), deadline);
    }
  }
}

import { rm } from 'node:fs/promises';
import type { Expiries } from '../local/expiries.ts';
import type { VersionedStore } from '../local/versioned-store.ts';
import type { Revision } from '../storage-backend.ts';
import type { Journal } from './journal.ts';
import type { OpenLogFile } from './log-file.ts';
import { snapshotPath } from './folder-files.ts';
import { writeSnapshot } from './snapshot-file.ts';

/** Less than this is not worth a snapshot. */
const leastGain = 1024 * 1024;

/**
 * Replaces the part of the log whose history was given up by a snapshot of what was live then. It is due when that frees
 * at least half as much as a snapshot takes: the disk holds, and a start reads, a bounded multiple of the live data, and
 * each byte is written again a bounded number of times.
 */
export class SnapshotWriter {
  readonly #folder: string;
  readonly #journal: Journal;
  readonly #openFile: OpenLogFile;
  #newest: { readonly revision: Revision; readonly bytes: number };
  #writing: Promise<void> | undefined;
  /** What the log had to give back when a snapshot could not be written. */
  #failedAt = 0;

  constructor(
    folder: string,
    found: {
      journal: Journal;
      openFile: OpenLogFile;
      snapshot: { revision: Revision; bytes: number };
    },
  ) {
    this.#folder = folder;
    this.#journal = found.journal;
    this.#openFile = found.openFile;
    this.#newest = found.snapshot;
  }

  /** After one that failed, the next is due when the log has grown: a full disk is not asked again and again. */
  isDue(compacted: Revision): boolean {
    return this.#isWorthIt(compacted, this.#failedAt + leastGain);
  }

  /**
   * Writes one at a time; a second caller waits for the first one's. A snapshot of which most is dead is replaced, too,
   * however little the log is that says so.
   */
  async writeIfDue(
    compacted: Revision,
    live: { store: VersionedStore; expiries: Expiries },
  ): Promise<void> {
    if (this.#isWorthIt(compacted, leastGain) || this.#isMostlyDead(compacted, live.store)) {
      this.#writing = this.#write(compacted, live).finally(() => (this.#writing = undefined));
    }
    await this.#writing;
  }

  /** Returns when none is being written. */
  async drain(): Promise<void> {
    await this.#writing?.catch(() => undefined);
  }

  #isWorthIt(compacted: Revision, least: number): boolean {
    if (this.#writing || compacted <= this.#newest.revision) return false;
    return this.#journal.bytesThrough(compacted) > Math.max(least, this.#newest.bytes / 2);
  }

  #isMostlyDead(compacted: Revision, { liveBytes }: VersionedStore): boolean {
    if (this.#writing || compacted <= this.#newest.revision) return false;
    return this.#newest.bytes > 2 * liveBytes + leastGain;
  }

  async #write(
    revision: Revision,
    { store, expiries }: { store: VersionedStore; expiries: Expiries },
  ): Promise<void> {
    const tree = store.treeAt(revision);
    // A key that was written since has its deadline in the log behind the snapshot.
    const deadlineOf = (key: string) =>
      store.get(key)?.revision === tree.get(key)?.revision ? expiries.get(key) : undefined;
    this.#failedAt = this.#journal.bytesThrough(revision);
    const bytes = await writeSnapshot(
      this.#folder,
      { revision, tree },
      { openFile: this.#openFile, deadlineOf },
    );
    this.#failedAt = 0;
    const previous = this.#newest;
    this.#newest = { revision, bytes };
    await this.#journal.drop(revision);
    if (previous.bytes > 0) {
      await rm(snapshotPath(this.#folder, previous.revision), { force: true });
    }
  }
}

import { rm } from 'node:fs/promises';
import type { Change } from '../local/commit.ts';
import { LocalBackend } from '../local/local-backend.ts';
import type { LocalOptions } from '../local/local-backend.ts';
import type {
  Comparison,
  Revision,
  StorageBackend,
  TransactionResult,
} from '../storage-backend.ts';
import { StorageError } from '../storage-error.ts';
import { lockFolder } from './folder-lock.ts';
import { GroupCommit } from './group-commit.ts';
import type { Request } from './group-commit.ts';
import { Journal } from './journal.ts';
import type { OpenLogFile } from './log-file.ts';
import { makeFolder, openLogFile, toStorageError } from './log-file.ts';
import { recover } from './recovery.ts';
import type { Recovered } from './recovery.ts';
import { SnapshotWriter } from './snapshot-writer.ts';

export interface EmbeddedOptions extends LocalOptions {
  /** How files are written; tests bring a disk that fails. */
  readonly openFile?: OpenLogFile;
}

interface Parts {
  readonly recovered: Recovered;
  readonly journal: Journal;
  readonly snapshots: SnapshotWriter;
  readonly lock: AsyncDisposable;
}

/**
 * The state machine of the local backends with a durable log in front of it: a transaction is staged, written, and only
 * then published and answered. All live values are in memory; the disk is read at the start and never again.
 */
class EmbeddedBackend extends LocalBackend {
  readonly #parts: Parts;
  readonly #commits: GroupCommit;
  #closing: Promise<void> | undefined;

  constructor(parts: Parts, options: EmbeddedOptions) {
    super(parts.recovered.store, options);
    this.#parts = parts;
    this.#commits = new GroupCommit(parts.journal, {
      onDurable: (request) => this.#onDurable(request),
      onFailure: () => this.store.discard(),
    });
    for (const [key, deadline] of parts.recovered.deadlines) this.expiries.set(key, deadline);
    this.expiries.start();
  }

  async health(): Promise<void> {
    this.checkOpen();
    this.#parts.journal.checkSound();
  }

  override async compact(revision: Revision): Promise<void> {
    this.checkOpen();
    if (revision > this.store.revision) {
      throw new StorageError('future-revision', { revision: this.store.revision });
    }
    if (revision <= this.store.history.compacted) return;
    await this.#commits.submit({ type: 'compaction', revision });
    await this.#writeSnapshotIfDue();
  }

  override async [Symbol.asyncDispose](): Promise<void> {
    this.#closing ??= this.#shutDown();
    await this.#closing;
  }

  protected override async commit(
    compare: readonly Comparison[],
    changes: readonly Change[],
  ): Promise<TransactionResult> {
    const { commit, result } = this.store.stage(compare, changes);
    if (commit) await this.#commits.submit({ type: 'commit', commit });
    else if (!this.#commits.isIdle) await this.#commits.submit({ type: 'answer' });
    return result;
  }

  #onDurable(request: Request): void {
    if (request.type === 'compaction') this.store.compact(request.revision);
    if (request.type !== 'commit') return;
    this.publish(request.commit);
    // History that outgrew its bound gave something up: what of it is on disk may go, when it is worth it.
    if (this.#parts.snapshots.isDue(this.store.history.compacted)) {
      // A failure is not lost: it is tried again after the next write, and `compact` reports it.
      this.#writeSnapshotIfDue().catch(() => undefined);
    }
  }

  async #writeSnapshotIfDue(): Promise<void> {
    await this.#parts.snapshots.writeIfDue(this.store.history.compacted, {
      store: this.store,
      expiries: this.expiries,
    });
  }

  async #shutDown(): Promise<void> {
    await super[Symbol.asyncDispose]();
    await this.#commits.drain();
    await this.#parts.snapshots.drain();
    try {
      await this.#parts.journal.close();
    } finally {
      await this.#parts.lock[Symbol.asyncDispose]();
    }
  }
}

/**
 * Opens the store in a folder, which is made when it is missing. Throws `locked` while another process has it open or when
 * a newer version wrote it, `corrupt` when a file of it is damaged.
 */
export async function openEmbeddedBackend(
  folder: string,
  options: EmbeddedOptions = {},
): Promise<StorageBackend> {
  await using stack = new AsyncDisposableStack();
  try {
    const { openFile = openLogFile } = options;
    await makeFolder(folder);
    const lock = stack.use(await lockFolder(folder));
    const recovered = await recover(folder, options);
    const { segments, snapshot, obsolete } = recovered;
    for (const path of obsolete) await rm(path, { force: true });
    const { revision } = recovered.store;
    const journal = await Journal.open(folder, segments, { openFile, revision });
    const snapshots = new SnapshotWriter(folder, { journal, openFile, snapshot });
    const backend = new EmbeddedBackend({ recovered, journal, snapshots, lock }, options);
    stack.move();
    return backend;
  } catch (error) {
    throw toStorageError(error);
  }
}

import type { Commit } from '../local/commit.ts';
import type { Revision } from '../storage-backend.ts';
import type { StorageError } from '../storage-error.ts';
import type { Journal } from './journal.ts';
import { toStorageError } from './log-file.ts';
import { RecordWriter } from './record-io.ts';
import { writeCommit, writeCompaction } from './records.ts';
import { keepWorkersAwake } from './worker-wake.ts';

/** Something to be answered once all that was asked before it is on disk. */
export type Request =
  | { readonly type: 'commit'; readonly commit: Commit }
  | { readonly type: 'compaction'; readonly revision: Revision }
  /** Writes nothing itself, but was decided by what waits. */
  | { readonly type: 'answer' };

interface Waiting {
  readonly request: Request;
  readonly resolve: () => void;
  readonly reject: (error: StorageError) => void;
}

/** One write takes no more than this, so that the first of many does not wait for all. */
const groupBytes = 4 * 1024 * 1024;
/** A compaction ends a file that is larger, so that it can go as soon as its revisions are given up. */
const smallFile = 1024 * 1024;
/** How long the mark behind the last write waits: the next write, if it comes before, makes it needless. */
const markAfterMs = 20;

export interface GroupCommitHooks {
  /** Called in the order of the requests, when the request is on disk and before it is answered. */
  readonly onDurable: (request: Request) => void;
  /** Called when a write failed and before all that waited is refused: none of it has happened. */
  readonly onFailure: () => void;
}

/**
 * Writes what is asked for at the same time together: while one write is on its way to the disk, requests gather for the
 * next. The event loop never waits.
 */
export class GroupCommit {
  readonly #journal: Journal;
  readonly #hooks: GroupCommitHooks;
  readonly #writer = new RecordWriter();
  #queue: Waiting[] = [];
  #running: Promise<void> | undefined;
  #markDue: NodeJS.Timeout | undefined;

  constructor(journal: Journal, hooks: GroupCommitHooks) {
    this.#journal = journal;
    this.#hooks = hooks;
  }

  get isIdle(): boolean {
    return this.#running === undefined;
  }

  /** Returns when the request, and everything before it, is on disk. */
  submit(request: Request): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ request, resolve, reject });
      this.#running ??= this.#run();
    });
  }

  /** Returns when nothing waits any more, not even the mark. */
  async drain(): Promise<void> {
    while (this.#running !== undefined) await this.#running;
    clearTimeout(this.#markDue);
    await this.#journal.mark();
  }

  async #run(): Promise<void> {
    using _awake = keepWorkersAwake();
    clearTimeout(this.#markDue);
    // Lets all that this turn of the event loop brings gather first.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#queue.length > 0) await this.#writeGroup();
    this.#running = undefined;
    this.#markDue = setTimeout(() => {
      this.#running ??= this.#mark();
    }, markAfterMs).unref();
  }

  async #mark(): Promise<void> {
    using _awake = keepWorkersAwake();
    await this.#journal.mark();
    this.#running = this.#queue.length > 0 ? this.#run() : undefined;
  }

  async #writeGroup(): Promise<void> {
    const group = this.#encodeGroup();
    try {
      await this.#write(group);
    } catch (error) {
      this.#refuse(group, toStorageError(error));
      return;
    }
    for (const { request } of group) this.#hooks.onDurable(request);
    for (const { resolve } of group) resolve();
  }

  /** Takes from the queue what goes into the next write. */
  #encodeGroup(): Waiting[] {
    let count = 0;
    while (count < this.#queue.length && this.#writer.size < groupBytes) {
      const { request } = this.#queue[count++]!;
      if (request.type === 'commit') writeCommit(this.#writer, request.commit);
      if (request.type === 'compaction') writeCompaction(this.#writer, request.revision);
    }
    return this.#queue.splice(0, count);
  }

  async #write(group: readonly Waiting[]): Promise<void> {
    if (this.#writer.isEmpty) return;
    const frame = this.#writer.take();
    const compacts = group.some(({ request }) => request.type === 'compaction');
    if (compacts && this.#journal.currentBytes > smallFile) await this.#journal.roll();
    let revision = this.#journal.revision;
    for (const { request } of group) {
      if (request.type === 'commit') revision = request.commit.revision;
    }
    await this.#journal.append(frame, revision);
  }

  /** What waits was checked against what failed, so it cannot be done either. */
  #refuse(group: readonly Waiting[], error: StorageError): void {
    const refused = [...group, ...this.#queue];
    this.#queue = [];
    this.#hooks.onFailure();
    for (const { reject } of refused) reject(error);
  }
}

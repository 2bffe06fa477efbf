import type {
  Comparison,
  Entry,
  EventBatch,
  ListOptions,
  Operation,
  Page,
  ReadOptions,
  Revision,
  StorageBackend,
  Transaction,
  TransactionResult,
  WatchOptions,
} from '../storage-backend.ts';
import { StorageError } from '../storage-error.ts';
import type { Clock } from './clock.ts';
import { systemClock } from './clock.ts';
import type { Change, Commit } from './commit.ts';
import { Expiries } from './expiries.ts';
import { checkTransaction } from './limits.ts';
import type { StoreOptions, VersionedStore } from './versioned-store.ts';
import { Watch } from './watch.ts';
import { Watches } from './watches.ts';

export interface LocalOptions extends Pick<StoreOptions, 'historyBytes'> {
  readonly clock?: Clock;
  /** How much the store may hold, its history included; `no-space` beyond that. Unlimited when absent. */
  readonly quotaBytes?: number;
}

/** So many keys at most delete themselves in one revision, as the keys of one lease do. */
const keysPerSweep = 1000;

/** What the backends have in common whose state is in this process: everything but how a commit becomes durable. */
export abstract class LocalBackend implements StorageBackend {
  readonly location = 'local';
  readonly answersProgress = true;
  protected readonly store: VersionedStore;
  protected readonly expiries: Expiries;
  readonly #watches = new Watches();
  #closed = false;

  protected constructor(
    store: VersionedStore,
    { clock = systemClock, quotaBytes }: Pick<LocalOptions, 'clock' | 'quotaBytes'>,
  ) {
    this.store = store;
    if (quotaBytes !== undefined) store.limitTo(quotaBytes);
    this.expiries = new Expiries(clock, (keys) => this.#expire(keys));
  }

  async get(key: string, options: ReadOptions = {}): Promise<Entry | undefined> {
    this.checkOpen();
    return this.store.get(key, options.at);
  }

  async list(prefix: string, options: ListOptions = {}): Promise<Page> {
    this.checkOpen();
    return this.store.list(prefix, options);
  }

  async count(prefix: string): Promise<number> {
    this.checkOpen();
    return this.store.count(prefix);
  }

  async transact(transaction: Transaction): Promise<TransactionResult> {
    this.checkOpen();
    checkTransaction(transaction);
    return this.commit(
      transaction.compare,
      transaction.then.map((step) => this.#changeOf(step)),
    );
  }

  watch(prefix: string, { after, signal }: WatchOptions): AsyncIterable<EventBatch> {
    return { [Symbol.asyncIterator]: () => this.#startWatch(prefix, after, signal) };
  }

  requestProgress(prefix: string): void {
    this.#watches.askProgress(prefix);
  }

  async revision(): Promise<Revision> {
    this.checkOpen();
    return this.store.revision;
  }

  async compactedRevision(): Promise<Revision> {
    this.checkOpen();
    return this.store.history.compacted;
  }

  abstract compact(revision: Revision): Promise<void>;

  async [Symbol.asyncDispose](): Promise<void> {
    this.close(closed());
  }

  /** Answers a transaction that was checked, once it is as durable as the backend makes it. */
  protected abstract commit(
    compare: readonly Comparison[],
    changes: readonly Change[],
  ): Promise<TransactionResult>;

  /** Lets readers and watchers see a commit. */
  protected publish(commit: Commit): void {
    this.store.publish(commit);
    this.expiries.apply(commit);
    this.#watches.publish(commit);
  }

  protected close(reason: StorageError): void {
    this.#closed = true;
    this.expiries.stop();
    this.#watches.end(reason);
  }

  protected checkOpen(): void {
    if (this.#closed) throw closed();
  }

  #startWatch(prefix: string, after: Revision, signal: AbortSignal | undefined): Watch {
    const stop = () => watch.end();
    const watch: Watch = new Watch(prefix, after, {
      history: this.store.history,
      newest: () => this.store.revision,
      onEnd: () => {
        this.#watches.remove(watch);
        signal?.removeEventListener('abort', stop);
      },
    });
    this.#watches.add(watch);
    signal?.addEventListener('abort', stop);
    if (signal?.aborted) watch.end();
    else if (this.#closed) watch.end(closed());
    return watch;
  }

  #changeOf(operation: Operation): Change {
    if (operation.type === 'delete' || !operation.ttlSeconds) return operation;
    return { ...operation, deadline: this.expiries.deadline(operation.ttlSeconds) };
  }

  /** A key that is being written at this moment is left for the next sweep, when its new time is known. */
  #expire(keys: readonly string[]): void {
    const due = keys.filter((key) => !this.store.isStaged(key));
    for (let i = 0; i < due.length; i += keysPerSweep) {
      const changes = due
        .slice(i, i + keysPerSweep)
        .map((key) => ({ type: 'delete', key }) as const);
      // A sweep that fails leaves its keys in place, and `Expiries` tries again.
      this.commit([], changes).catch(() => undefined);
    }
  }
}

function closed(): StorageError {
  return new StorageError('unavailable', { message: 'the store is closed' });
}

import {
  StorageError,
  type EventBatch,
  type ListOptions,
  type Page,
  type ReadOptions,
  type Revision,
  type StorageBackend,
  type Transaction,
  type TransactionResult,
  type WatchOptions,
} from '@keelson/storage-backend';
import { MemoryBackend } from '@keelson/storage-backend/memory';

/** A memory backend that behaves as one across a network does: others write too, watches lag behind and break. */
export class RemoteBackend implements StorageBackend {
  readonly location = 'remote';
  answersProgress = true;
  readonly #inner = new MemoryBackend();
  #gate: PromiseWithResolvers<void> | undefined;
  #breaks = new AbortController();
  #unavailable = false;
  /** How often the backend was asked for progress. */
  progressRequests = 0;
  lists = 0;
  gets = 0;
  /** How many revisions a resumed watch repeats, against the contract. */
  overlap = 0;

  /** Watches deliver nothing until `resumeWatches`. */
  pauseWatches(): void {
    this.#gate ??= Promise.withResolvers();
  }

  resumeWatches(): void {
    this.#gate?.resolve();
    this.#gate = undefined;
  }

  /** Every watch under way fails. */
  breakWatches(): void {
    this.#breaks.abort();
    this.#breaks = new AbortController();
  }

  /** Whether nothing but what is under way works. */
  setUnavailable(unavailable: boolean): void {
    this.#unavailable = unavailable;
  }

  get(key: string, options?: ReadOptions) {
    this.gets++;
    return this.#check() ?? this.#inner.get(key, options);
  }

  list(prefix: string, options?: ListOptions): Promise<Page> {
    this.lists++;
    return this.#check() ?? this.#inner.list(prefix, options);
  }

  count(prefix: string): Promise<number> {
    return this.#check() ?? this.#inner.count(prefix);
  }

  transact(transaction: Transaction): Promise<TransactionResult> {
    return this.#check() ?? this.#inner.transact(transaction);
  }

  async *watch(prefix: string, options: WatchOptions): AsyncGenerator<EventBatch> {
    await this.#check();
    const { signal: broken } = this.#breaks;
    const signal = AbortSignal.any([
      broken,
      ...(options.signal === undefined ? [] : [options.signal]),
    ]);
    for await (const batch of this.#inner.watch(prefix, {
      after: options.after - this.overlap,
      signal,
    })) {
      if (this.#gate !== undefined) await Promise.race([this.#gate.promise, abortOf(signal)]);
      if (signal.aborted) break;
      yield batch;
    }
    if (broken.aborted) throw new StorageError('unavailable', { message: 'the connection broke' });
  }

  requestProgress(prefix: string): void {
    this.progressRequests++;
    if (this.answersProgress) this.#inner.requestProgress(prefix);
  }

  revision(): Promise<Revision> {
    return this.#check() ?? this.#inner.revision();
  }

  compactedRevision(): Promise<Revision> {
    return this.#inner.compactedRevision();
  }

  compact(revision: Revision): Promise<void> {
    return this.#inner.compact(revision);
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.resumeWatches();
    return this.#inner[Symbol.asyncDispose]();
  }

  #check(): Promise<never> | undefined {
    return this.#unavailable
      ? Promise.reject(new StorageError('unavailable', { message: 'no connection' }))
      : undefined;
  }
}

function abortOf(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) =>
    signal.addEventListener('abort', () => resolve(), { once: true }),
  );
}

import { StorageError, type StorageBackend } from '@keelson/storage-backend';
import type { Timers } from './timers.ts';
import type { WatchCache } from './watch-cache.ts';

/** How long to wait before trying the backend again, doubled up to the second number. */
const firstPause = 100;
const longestPause = 5000;

/** What a feed is made of. */
export interface CacheFeedParts<T> {
  readonly backend: StorageBackend;
  readonly prefix: string;
  readonly cache: WatchCache<T>;
  readonly timers: Timers;
  /** Called once the cache is loaded. */
  readonly onLoaded: () => void;
}

/**
 * Fills a watch cache: one list, then one watch for as long as the storage is open. A watch that fails is resumed after the
 * last revision seen. When the backend no longer knows what happened since, the state is listed again and the difference
 * goes the way of ordinary changes: watchers notice nothing.
 */
export class CacheFeed<T> {
  readonly #parts: CacheFeedParts<T>;
  readonly #closing = new AbortController();
  readonly #loaded = Promise.withResolvers<void>();
  readonly #running: Promise<void>;
  #pause = firstPause;
  #state: 'empty' | 'current' | 'outdated' = 'empty';
  #lastError: unknown;

  constructor(parts: CacheFeedParts<T>) {
    this.#parts = parts;
    // Whoever does not call ready() is told by the reads that wait or fail.
    this.#loaded.promise.catch(() => undefined);
    this.#running = this.#run();
  }

  /** Settles with the first load: rejects when its failure is not one that passes. */
  get loaded(): Promise<void> {
    return this.#loaded.promise;
  }

  /** Why the backend cannot be followed at present. */
  get lastError(): unknown {
    return this.#lastError;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#loaded.reject(new StorageError('unavailable', { message: 'the storage was closed' }));
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      try {
        await this.#catchUp();
        await this.#follow();
      } catch (error) {
        this.#noteFailure(error);
      }
      if (!signal.aborted) await this.#rest();
    }
  }

  async #catchUp(): Promise<void> {
    const { backend, prefix, cache } = this.#parts;
    if (this.#state === 'current') return;
    const { entries, revision } = await backend.list(prefix);
    if (this.#closing.signal.aborted) return;
    if (this.#state === 'outdated') cache.replace(entries, revision);
    else {
      cache.load(entries, revision);
      this.#parts.onLoaded();
    }
    this.#state = 'current';
    this.#loaded.resolve();
  }

  async #follow(): Promise<void> {
    const { backend, prefix, cache } = this.#parts;
    const { signal } = this.#closing;
    for await (const batch of backend.watch(prefix, { after: cache.revision, signal })) {
      if (signal.aborted) return;
      cache.apply(batch);
      this.#pause = firstPause;
      this.#lastError = undefined;
    }
  }

  #noteFailure(error: unknown): void {
    this.#lastError = error;
    const code = error instanceof StorageError ? error.code : undefined;
    if (code === 'compacted' && this.#state === 'current') this.#state = 'outdated';
    else if (code !== 'unavailable' && code !== 'timeout') this.#loaded.reject(error);
  }

  async #rest(): Promise<void> {
    const { signal } = this.#closing;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = this.#parts.timers.start(this.#state === 'outdated' ? 0 : this.#pause, resolve);
    const stop = (): void => resolve();
    signal.addEventListener('abort', stop);
    await promise;
    signal.removeEventListener('abort', stop);
    timer.stop();
    this.#pause = Math.min(this.#pause * 2, longestPause);
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { EventBatch, Revision } from '../storage-backend.ts';
import { StorageError } from '../storage-error.ts';
import type { Connection, Stream } from './connection.ts';
import { isBroken, toStorageError } from './errors.ts';
import { rangeOf } from './key-range.ts';
import type { WatchRequest, WatchResponse } from './messages.ts';
import { toNumber, watch } from './messages.ts';
import { WatchEvents } from './watch-events.ts';

type Step = IteratorResult<EventBatch, undefined>;
type WatchStream = Stream<WatchRequest, WatchResponse>;

/** How long to wait before a stream that broke is opened again, doubled up to the second number. */
const firstPause = 50;
const longestPause = 1000;
/** etcd does not answer a request for progress while a watch is behind: it is repeated until it does. */
const progressPeriod = 100;

export interface WatchParts {
  readonly connection: Connection;
  readonly prefix: string;
  readonly after: Revision;
  /** Whether members answer requests for progress, and truly. */
  readonly canAskProgress: boolean;
  readonly newest: () => Promise<Revision>;
  readonly onEnd: () => void;
}

/**
 * One reader of the changes under a prefix, on a stream of its own: a slow reader holds up its own stream, down to etcd, and
 * no other. A stream that breaks is opened again after the last revision that was handed out.
 */
export class Watch implements AsyncIterator<EventBatch, undefined> {
  readonly prefix: string;
  readonly #parts: WatchParts;
  readonly #events: WatchEvents;
  readonly #ending = new AbortController();
  readonly #batches: AsyncGenerator<EventBatch, undefined>;
  #stream: WatchStream | undefined;
  #error: StorageError | undefined;
  #progressAsked = false;
  #progressTimer: NodeJS.Timeout | undefined;
  #pause = firstPause;

  constructor(parts: WatchParts) {
    this.prefix = parts.prefix;
    this.#parts = parts;
    this.#events = new WatchEvents(parts.after);
    this.#batches = this.#run();
  }

  async next(): Promise<Step> {
    return await this.#batches.next();
  }

  async return(): Promise<Step> {
    this.end();
    return { done: true, value: undefined };
  }

  /** Asks for a progress notification once everything up to now is delivered. */
  askProgress(): void {
    if (!this.#parts.canAskProgress) return;
    this.#progressAsked = true;
    this.#requestProgress();
  }

  /** Ends the iteration, with an error or without. */
  end(error?: StorageError): void {
    if (this.#ending.signal.aborted) return;
    this.#error = error;
    this.#ending.abort();
    this.#stream?.cancel();
    clearTimeout(this.#progressTimer);
    this.#parts.onEnd();
  }

  async *#run(): AsyncGenerator<EventBatch, undefined> {
    const { signal } = this.#ending;
    try {
      while (!signal.aborted) {
        yield* this.#follow();
        if (!signal.aborted) await this.#rest();
      }
    } finally {
      this.end();
    }
    if (this.#error) throw this.#error;
    return undefined;
  }

  /** Reads one stream to its end. Throws only what another stream would not make good. */
  async *#follow(): AsyncGenerator<EventBatch, undefined> {
    const { stream, failed } = this.#open();
    try {
      for await (const response of stream as AsyncIterable<WatchResponse>) {
        if (this.#ending.signal.aborted) return;
        if (response.canceled) throw cancelled(response);
        const batch = this.#events.take(response);
        if (!batch) continue;
        this.#pause = firstPause;
        if (batch.events.length === 0) this.#progressAsked = false;
        yield batch;
        if (this.#ending.signal.aborted) return;
      }
    } catch (error) {
      if (this.#ending.signal.aborted) return;
      if (!isBroken(error)) throw await this.#explain(error);
      failed(error);
    } finally {
      this.#stream = undefined;
      stream.cancel();
    }
  }

  #open(): { readonly stream: WatchStream; readonly failed: (error: unknown) => void } {
    const opened = this.#parts.connection.open(watch);
    // Whoever reads the stream gets its error; this one is for when nobody does any more.
    opened.stream.on('error', () => undefined);
    this.#events.restart();
    opened.stream.write({
      createRequest: {
        ...rangeOf(this.prefix),
        // With the revision that was seen already, not the next one: when that one is the compacted one, etcd would
        // begin there without a word, and it no longer knows what was deleted at it.
        startRevision: Math.max(this.#events.position, 1),
        progressNotify: true,
        prevKv: true,
        fragment: true,
      },
    });
    this.#stream = opened.stream;
    this.#requestProgress();
    return opened;
  }

  async #rest(): Promise<void> {
    // An abort ends the wait; nothing else rejects it.
    await sleep(this.#pause, undefined, { signal: this.#ending.signal }).catch(() => undefined);
    this.#pause = Math.min(this.#pause * 2, longestPause);
  }

  #requestProgress(): void {
    clearTimeout(this.#progressTimer);
    if (!this.#progressAsked || !this.#stream) return;
    // A reader that has not read what is there would only find more of the same.
    if (this.#stream.readableLength === 0) this.#stream.write({ progressRequest: {} });
    this.#progressTimer = setTimeout(() => this.#requestProgress(), progressPeriod);
    this.#progressTimer.unref();
  }

  async #explain(error: unknown): Promise<StorageError> {
    const reason = toStorageError(error);
    if (reason.code !== 'compacted') return reason;
    const revision = await this.#parts.newest();
    return new StorageError('compacted', { message: reason.message, revision, cause: error });
  }
}

function cancelled({ compactRevision, cancelReason }: WatchResponse): StorageError {
  const compacted = toNumber(compactRevision);
  if (compacted > 0) {
    return new StorageError('compacted', { message: `etcd was compacted up to ${compacted}` });
  }
  return new StorageError('unavailable', { message: `etcd ended the watch: ${cancelReason}` });
}

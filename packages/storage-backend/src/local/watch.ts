import type { BackendEvent, EventBatch, Revision } from '../storage-backend.ts';
import { StorageError } from '../storage-error.ts';
import { keyOf } from './commit.ts';
import type { History } from './history.ts';

/** A reader that fell behind gets about so many events at a time. */
const eventsPerBatch = 1000;

type Step = IteratorResult<EventBatch, undefined>;
const end: Step = { done: true, value: undefined };

/**
 * One reader of the changes under a prefix. While it waits, a change is handed to it directly; while it is busy, it only
 * notes where it fell behind and catches up from the shared history, so that it holds no queue of its own.
 */
export class Watch implements AsyncIterator<EventBatch, undefined> {
  readonly prefix: string;
  readonly #history: History;
  readonly #newest: () => Revision;
  readonly #onEnd: (watch: Watch) => void;
  /** Delivered, or of no concern to this watch, up to here. */
  #delivered: Revision;
  /** Whether history after `#delivered` may hold changes for this watch. */
  #behind: boolean;
  #progressAsked = false;
  #waiting: PromiseWithResolvers<Step> | undefined;
  #ended: { readonly error?: StorageError } | undefined;

  constructor(
    prefix: string,
    after: Revision,
    source: { history: History; newest: () => Revision; onEnd: (watch: Watch) => void },
  ) {
    this.prefix = prefix;
    this.#history = source.history;
    this.#newest = source.newest;
    this.#onEnd = source.onEnd;
    this.#delivered = after;
    this.#behind = after < source.newest();
  }

  async next(): Promise<Step> {
    if (this.#waiting) return this.#waiting.promise.then(() => this.next());
    if (this.#ended) return this.#finish(this.#ended.error);
    const batch = this.#take();
    if (batch) return { done: false, value: batch };
    this.#waiting = Promise.withResolvers<Step>();
    return this.#waiting.promise;
  }

  async return(): Promise<Step> {
    this.end();
    return end;
  }

  /** Takes note of a change of which at least one event is under the prefix. Changes come in order. */
  offer(batch: EventBatch): void {
    if (batch.revision <= this.#delivered) return;
    if (!this.#waiting) {
      if (!this.#behind) this.#delivered = batch.revision - 1;
      this.#behind = true;
      return;
    }
    this.#delivered = batch.revision;
    this.#hand({ done: false, value: this.#filter(batch) });
  }

  /** Asks for a progress notification once everything up to now is delivered. */
  askProgress(): void {
    this.#progressAsked = true;
    if (!this.#waiting) return;
    const batch = this.#take();
    if (batch) this.#hand({ done: false, value: batch });
  }

  end(error?: StorageError): void {
    if (this.#ended) return;
    this.#ended = { error };
    this.#onEnd(this);
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (error && waiting) {
      waiting.reject(error);
      this.#ended = {};
    } else waiting?.resolve(end);
  }

  #hand(step: Step): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.resolve(step);
  }

  /** An error is thrown once; after that the iteration is over. */
  #finish(error: StorageError | undefined): Step {
    this.#ended = {};
    if (error) throw error;
    return end;
  }

  #take(): EventBatch | undefined {
    const batch = this.#behind ? this.#catchUp() : undefined;
    if (batch || !this.#progressAsked || this.#newest() < this.#delivered) return batch;
    this.#progressAsked = false;
    this.#delivered = this.#newest();
    return { revision: this.#delivered, events: [] };
  }

  #catchUp(): EventBatch | undefined {
    if (this.#delivered < this.#history.base) {
      const error = new StorageError('compacted', { revision: this.#newest() });
      this.end();
      throw error;
    }
    const found: EventBatch[] = [];
    let events = 0;
    for (const batch of this.#history.after(this.#delivered)) {
      this.#delivered = batch.revision;
      if (!batch.events.some((event) => this.#wants(event))) continue;
      found.push(this.#filter(batch));
      events += found.at(-1)!.events.length;
      if (events >= eventsPerBatch) break;
    }
    this.#behind = this.#delivered < this.#newest();
    if (found.length < 2) return found[0];
    return { revision: found.at(-1)!.revision, events: found.flatMap((batch) => batch.events) };
  }

  #filter(batch: EventBatch): EventBatch {
    if (batch.events.every((event) => this.#wants(event))) return batch;
    return {
      revision: batch.revision,
      events: batch.events.filter((event) => this.#wants(event)),
    };
  }

  #wants(event: BackendEvent): boolean {
    return keyOf(event).startsWith(this.prefix);
  }
}

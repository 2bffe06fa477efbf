import { StatusError } from '@keelson/api-machinery';
import type { Revision } from '@keelson/storage-backend';
import type { Change, SharedEvent } from './change.ts';
import type { History } from './history.ts';
import type { InitialEvents } from './initial-events.ts';
import type { WatchEvent, WatchSink } from './object-storage.ts';
import type { PastChanges } from './past-changes.ts';
import type { WatchGroup } from './watch-group.ts';

/** How many events are handed over at once while catching up. */
const chunkSize = 500;

/** What a watcher is made of. */
export interface WatcherParts<T> {
  readonly sink: WatchSink<T>;
  readonly group: WatchGroup<T>;
  readonly history: History<T>;
  /** Reads what the history no longer has; `undefined`: who needs that is ended. */
  readonly past:
    | ((from: { after: Revision; signal: AbortSignal }) => AsyncIterable<PastChanges<T>>)
    | undefined;
  /** How far the cache is. */
  readonly revision: () => Revision;
  /** Those who are behind, for somebody to look after. */
  readonly behind: Set<Watcher<T>>;
  /** Called once, when it is over. */
  readonly forget: (watcher: Watcher<T>) => void;
}

/**
 * One watch under way. It is *live* while its sink takes events as they come. While the sink asks to wait it is *behind*: it
 * only remembers how far it got and reads on from the history, so that a slow client costs nothing per event.
 */
export class Watcher<T> {
  readonly group: WatchGroup<T>;
  readonly #parts: WatcherParts<T>;
  #state: 'starting' | 'live' | 'behind' | 'ended' = 'starting';
  /** Everything up to and including this revision has been handed over. */
  #position: Revision;
  /** Events up to and including this one are not asked for: a watch may begin in the future. */
  readonly #after: Revision;
  #reading: AbortController | undefined;

  constructor(parts: WatcherParts<T>, after: Revision) {
    this.#parts = parts;
    this.group = parts.group;
    this.#after = after;
    this.#position = after;
  }

  get ended(): boolean {
    return this.#state === 'ended';
  }

  /** Sends `initial`, then `closing`, then whatever has happened after the position. */
  start(initial: InitialEvents<T> | undefined, closing: WatchEvent<T> | undefined): void {
    this.#fallBehind();
    this.#begin(initial, closing).catch((error: unknown) => this.end(error));
  }

  /** Takes what its group has noted down. Some of it was handed over already when the watch began or caught up meanwhile. */
  deliver(events: readonly SharedEvent<T>[]): void {
    if (this.#state !== 'live') return;
    const position = this.#position;
    const wanted =
      (events[0]?.revision ?? 0) > position
        ? events
        : events.filter((event) => event.revision > position);
    this.#position = Math.max(position, this.#parts.revision());
    if (wanted.length > 0) this.#handOver(wanted);
  }

  /** Sends a bookmark, if it is live and anything at all may have happened. */
  bookmark(): void {
    this.group.handOver();
    const revision = this.#parts.revision();
    if (this.#state !== 'live' || revision <= this.#after) return;
    this.#position = revision;
    this.#handOver([{ type: 'BOOKMARK', revision, initialEventsEnd: false }]);
  }

  /** Ends it when it waits for longer than the history reaches back. */
  endIfLost(): void {
    if (this.#parts.past === undefined && this.#position < this.#parts.history.knownAfter)
      this.end();
  }

  /** Ends it without telling the sink. */
  stop(): void {
    if (this.#state === 'ended') return;
    this.#state = 'ended';
    this.#reading?.abort();
    this.#parts.behind.delete(this);
    this.#parts.forget(this);
  }

  end(error?: unknown): void {
    if (this.#state === 'ended') return;
    this.group.handOver();
    this.stop();
    this.#parts.sink.end(error === undefined ? undefined : StatusError.from(error));
  }

  #fallBehind(): void {
    this.#state = 'behind';
    this.#parts.behind.add(this);
  }

  async #begin(
    initial: InitialEvents<T> | undefined,
    closing: WatchEvent<T> | undefined,
  ): Promise<void> {
    if (initial !== undefined && !(await this.#sendInitial(initial))) return;
    if (closing !== undefined && !(await this.#send([closing]))) return;
    await this.#catchUp();
  }

  /** Says whether to go on. */
  async #sendInitial(initial: InitialEvents<T>): Promise<boolean> {
    try {
      for (const chunk of initial.chunks(chunkSize)) if (!(await this.#send(chunk))) return false;
      return true;
    } finally {
      this.group.forgetInitialEvents();
    }
  }

  /** Reads on from the history until there is nothing left, then goes live. */
  async #catchUp(): Promise<void> {
    for (;;) {
      const changes = this.#parts.history.after(this.#position);
      if (changes === undefined) {
        if (await this.#readPast()) continue;
        return this.end();
      }
      const until = Math.max(this.#position, this.#parts.revision());
      const events = this.#eventsOf(changes);
      if (events.length === 0) {
        this.#position = until;
        this.#state = 'live';
        this.#parts.behind.delete(this);
        return;
      }
      if (!(await this.#sendAll(events))) return;
      this.#position = until;
    }
  }

  /** Reads on from the backend until the history has what follows; says whether it does. */
  async #readPast(): Promise<boolean> {
    const { past, history } = this.#parts;
    this.#reading = new AbortController();
    const from = { after: this.#position, signal: this.#reading.signal };
    for await (const { revision, changes } of past?.(from) ?? []) {
      if (!(await this.#sendAll(this.#eventsOf(changes)))) return false;
      this.#position = revision;
      if (revision >= history.knownAfter) return true;
    }
    return false;
  }

  #eventsOf(changes: readonly Change<T>[]): readonly SharedEvent<T>[] {
    return changes.flatMap((change) => this.group.eventOf(change) ?? []);
  }

  /** Says whether to go on. */
  async #sendAll(events: readonly SharedEvent<T>[]): Promise<boolean> {
    for (let from = 0; from < events.length; from += chunkSize)
      if (!(await this.#send(events.slice(from, from + chunkSize)))) return false;
    return true;
  }

  /** Hands events over and waits if the sink asks to; says whether to go on. */
  async #send(events: readonly WatchEvent<T>[]): Promise<boolean> {
    const { sink } = this.#parts;
    const wait = sink.next(events);
    if (wait !== undefined) await wait;
    return this.#state === 'behind';
  }

  #handOver(events: readonly WatchEvent<T>[]): void {
    try {
      const wait = this.#parts.sink.next(events);
      if (wait === undefined) return;
      this.#fallBehind();
      wait.then(() => this.#goOn()).catch((error: unknown) => this.end(error));
    } catch (error) {
      // One sink's fault is not the others'.
      this.end(error);
    }
  }

  async #goOn(): Promise<void> {
    if (this.#state === 'behind') await this.#catchUp();
  }
}

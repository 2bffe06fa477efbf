import type { Revision } from '@keelson/storage-backend';
import type { Change, SharedEvent } from './change.ts';
import { InitialEvents } from './initial-events.ts';
import type { StoredSnapshot } from './stored-snapshot.ts';
import type { Timer, Timers } from './timers.ts';
import type { WatchTarget } from './watch-target.ts';
import type { Watcher } from './watcher.ts';

/** Milliseconds that a group rests for each watcher: several times what handing over costs. */
const restPerWatcher = 0.1;
/** More saves little, and is late: clients take large bursts in slowly. */
const longestRest = 20;
/** Fewer watchers than these are never kept waiting. */
const few = 10;

/**
 * Watchers that ask for the same: they are matched once and get the same array. After a hand-over to many of them the group
 * rests, and what happens meanwhile goes out together: in a burst, a write to each client per event would cost more than the events do.
 */
export class WatchGroup<T> {
  readonly target: WatchTarget;
  readonly watchers = new Set<Watcher<T>>();
  readonly #timers: Timers;
  #pending: SharedEvent<T>[] = [];
  #rest: Timer | undefined;
  #initial: InitialEvents<T> | undefined;

  constructor(target: WatchTarget, timers: Timers) {
    this.target = target;
    this.#timers = timers;
  }

  /** Whether an object is asked for. */
  selects(snapshot: StoredSnapshot<T>): boolean {
    const { test } = this.target;
    return this.covers(snapshot.key) && (test === undefined || test(snapshot));
  }

  /** Whether what is stored at a key may be asked for. */
  covers(changed: string): boolean {
    const { key, prefix } = this.target;
    return key === undefined ? changed.startsWith(prefix) : changed === key;
  }

  /** The objects that are there at a revision, as the events that a watch begins with. */
  initialEvents(revision: Revision, state: () => readonly StoredSnapshot<T>[]): InitialEvents<T> {
    const known = this.#initial;
    if (known?.revision === revision && known.isRead) return known;
    return (this.#initial = new InitialEvents(revision, state()));
  }

  /** Lets go of the initial events when nobody reads them any more. */
  forgetInitialEvents(): void {
    if (this.#initial?.isRead === false) this.#initial = undefined;
  }

  /** What its watchers see of a change. */
  eventOf(change: Change<T>): SharedEvent<T> | undefined {
    const current = change.current !== undefined && this.selects(change.current);
    const previous = change.previous !== undefined && this.selects(change.previous);
    return change.event(current, previous);
  }

  /** Notes down what its watchers are to get; says whether it is the first thing. */
  offer(change: Change<T>): boolean {
    const event = this.eventOf(change);
    return event !== undefined && this.#pending.push(event) === 1;
  }

  /** Hands over what was noted down, at once or after the rest. */
  flush(): void {
    if (this.#rest === undefined) this.handOver();
  }

  /** Hands over what was noted down, rest or not. */
  handOver(): void {
    const events = this.#pending;
    if (events.length === 0) return;
    this.#pending = [];
    for (const watcher of this.watchers) watcher.deliver(events);
    this.#takeRest();
  }

  /** Ends all of its watchers: an object that concerns them cannot be read. */
  fail(error: unknown): void {
    this.handOver();
    for (const watcher of this.watchers) watcher.end(error);
  }

  #takeRest(): void {
    this.#rest?.stop();
    this.#rest = undefined;
    const { size } = this.watchers;
    if (size < few) return;
    const milliseconds = Math.min(longestRest, size * restPerWatcher);
    this.#rest = this.#timers.start(milliseconds, () => {
      this.#rest = undefined;
      this.handOver();
    });
  }
}

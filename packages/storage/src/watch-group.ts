import type { Revision } from '@keelson/storage-backend';
import type { Change, SharedEvent } from './change.ts';
import type { StoredSnapshot } from './stored-snapshot.ts';
import type { WatchTarget } from './watch-target.ts';
import type { Watcher } from './watcher.ts';

/** Watchers that ask for the same: they are matched once and get the same array. */
export class WatchGroup<T> {
  readonly target: WatchTarget;
  readonly watchers = new Set<Watcher<T>>();
  #pending: SharedEvent<T>[] = [];

  constructor(target: WatchTarget) {
    this.target = target;
  }

  /** Whether an object is asked for. */
  selects(snapshot: StoredSnapshot<T>): boolean {
    const { key, prefix, test } = this.target;
    if (key === undefined ? !snapshot.key.startsWith(prefix) : snapshot.key !== key) return false;
    return test === undefined || test(snapshot);
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

  /** Hands over what was noted down. */
  flush(revision: Revision): void {
    const events = this.#pending;
    this.#pending = [];
    for (const watcher of this.watchers) watcher.deliver(events, revision);
  }

  /** Ends all of its watchers: an object that concerns them cannot be read. */
  fail(error: unknown): void {
    this.#pending = [];
    for (const watcher of this.watchers) watcher.end(error);
  }
}

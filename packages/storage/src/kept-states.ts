import type { Revision } from '@keelson/storage-backend';
import type { History } from './history.ts';
import type { SnapshotMap } from './snapshot-map.ts';
import type { Timer } from './timers.ts';
import type { Timetable } from './timetable.ts';

/** How many states are kept, and for how long after their last use. Each costs what has changed since. */
const most = 16;
const longest = 5 * 60_000;

interface KeptState<T> {
  readonly state: SnapshotMap<T>;
  readonly expiry: Timer;
}

/**
 * States of the past: kept as copies of the map that share their nodes with it, or made again by taking back the changes
 * since. Keeping one for every revision, as kube-apiserver does, would cost every write.
 */
export class KeptStates<T> {
  readonly #history: History<T>;
  readonly #timetable: Timetable;
  /** In the order of their last use. */
  readonly #states = new Map<Revision, KeptState<T>>();
  #exactFrom: Revision = 0;

  constructor(history: History<T>, timetable: Timetable) {
    this.#history = history;
    this.#timetable = timetable;
  }

  keep(revision: Revision, state: SnapshotMap<T>): void {
    if (this.#states.has(revision)) return;
    this.#remember(revision, state.copy());
  }

  /** The state at `revision`, given the newest one; `undefined` when too much has happened or too little is known. */
  at(revision: Revision, newest: SnapshotMap<T>): SnapshotMap<T> | undefined {
    const known = this.#states.get(revision)?.state;
    if (known !== undefined) {
      this.#remember(revision, known);
      return known;
    }
    if (revision < this.#history.knownAfter || revision < this.#exactFrom) return undefined;
    if (this.#history.countAfter(revision) > newest.size + 1000) return undefined;
    const state = this.#takeBack(revision, newest);
    this.#remember(revision, state);
    return state;
  }

  /** What the history says of the time before `revision` is no longer the whole truth. */
  forgetBefore(revision: Revision): void {
    this.#exactFrom = revision;
  }

  #takeBack(revision: Revision, newest: SnapshotMap<T>): SnapshotMap<T> {
    const state = newest.copy();
    for (const change of (this.#history.after(revision) ?? []).toReversed()) {
      if (change.previous === undefined) state.delete(change.key);
      else state.set(change.previous);
    }
    return state;
  }

  #remember(revision: Revision, state: SnapshotMap<T>): void {
    this.#forget(revision);
    const expiry = this.#timetable.in(longest, () => this.#states.delete(revision));
    this.#states.set(revision, { state, expiry });
    if (this.#states.size <= most) return;
    const oldest = this.#states.keys().next();
    if (oldest.done !== true) this.#forget(oldest.value);
  }

  #forget(revision: Revision): void {
    this.#states.get(revision)?.expiry.stop();
    this.#states.delete(revision);
  }
}

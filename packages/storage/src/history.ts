import type { Revision } from '@keelson/storage-backend';
import type { Change } from './change.ts';
import type { HistoryLimits } from './object-storage-options.ts';

// Behaviour: k8s.io/apiserver cacher watch_cache_history.go: about the bookmark period and a quarter of it.
const upstreamLimits: HistoryLimits = { minimum: 100, maximum: 100 * 1024, milliseconds: 75_000 };

/** Events whose encodings are worth keeping: the live watchers have the others behind them. */
const encodedEvents = 64;

/**
 * The latest changes in order, so that watches can begin in the past. It grows while the changes of the last 75 seconds do
 * not fit and shrinks when a quarter of it holds them all. Changes of one revision leave together.
 */
export class History<T> {
  readonly #limits: HistoryLimits;
  #capacity: number;
  #changes: Change<T>[] = [];
  #first = 0;
  #knownAfter: Revision = 0;

  constructor(limits: Partial<HistoryLimits> = {}) {
    this.#limits = { ...upstreamLimits, ...limits };
    this.#capacity = this.#limits.minimum;
  }

  /** Every change after this revision is here. */
  get knownAfter(): Revision {
    return this.#knownAfter;
  }

  get size(): number {
    return this.#changes.length - this.#first;
  }

  /** Empties it: nothing is known of what happened until `revision`. */
  reset(revision: Revision): void {
    this.#changes = [];
    this.#first = 0;
    this.#knownAfter = revision;
  }

  add(change: Change<T>): void {
    this.#resize(change.time);
    while (this.size >= this.#capacity) this.#evictRevision();
    this.#changes.push(change);
    this.#changes[this.#changes.length - 1 - encodedEvents]?.forgetEvents();
    if (this.#first > 1024 && this.#first * 2 > this.#changes.length) this.#compact();
  }

  /** The changes after a revision, oldest first; `undefined` when they are no longer all known. */
  after(revision: Revision): readonly Change<T>[] | undefined {
    if (revision < this.#knownAfter) return undefined;
    return this.#changes.slice(this.#firstAfter(revision));
  }

  /** How many changes there are after a revision that is not before `knownAfter`. */
  countAfter(revision: Revision): number {
    return this.#changes.length - this.#firstAfter(revision);
  }

  /** The change of a key at a revision. */
  find(key: string, revision: Revision): Change<T> | undefined {
    for (let index = this.#firstAfter(revision - 1); index < this.#changes.length; index++) {
      const change = this.#changes[index];
      if (change === undefined || change.revision > revision) return undefined;
      if (change.key === key) return change;
    }
    return undefined;
  }

  #firstAfter(revision: Revision): number {
    let low = this.#first;
    let high = this.#changes.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#changes[middle]?.revision ?? 0) > revision) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #resize(now: number): void {
    if (this.size < this.#capacity) return;
    const { minimum, maximum, milliseconds } = this.#limits;
    const age = (index: number): number => now - (this.#changes[index]?.time ?? now);
    if (age(this.#first) < milliseconds) {
      this.#capacity = Math.min(this.#capacity * 2, maximum);
    } else if (age(this.#changes.length - Math.floor(this.#capacity / 4)) > milliseconds) {
      this.#capacity = Math.max(Math.floor(this.#capacity / 2), minimum);
    }
  }

  #evictRevision(): void {
    const revision = this.#changes[this.#first]?.revision ?? 0;
    while (this.#changes[this.#first]?.revision === revision) this.#first++;
    this.#knownAfter = revision;
  }

  #compact(): void {
    this.#changes = this.#changes.slice(this.#first);
    this.#first = 0;
  }
}

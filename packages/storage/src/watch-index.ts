import type { Change } from './change.ts';
import { indexEntry, type IndexEntry } from './index-entry.ts';
import type { Timers } from './timers.ts';
import { WatchGroup } from './watch-group.ts';
import type { WatchTarget } from './watch-target.ts';
import type { Watcher } from './watcher.ts';

/** One way to find groups: by a value that it makes out for a change. */
interface Column<T> {
  readonly entry: IndexEntry;
  readonly groups: Map<string, Set<WatchGroup<T>>>;
}

/** Finds the watchers of a change without looking at the others: every group is in one place, the narrowest. */
export class WatchIndex<T> {
  /** Watchers that wait for their sinks. */
  readonly behind = new Set<Watcher<T>>();
  readonly #root: string;
  readonly #timers: Timers;
  readonly #groups = new Map<string, WatchGroup<T>>();
  /** Only those in use: a label that nobody asks for costs nothing. */
  readonly #columns = new Map<string, Column<T>>();

  /** `root` is the prefix of the resource. */
  constructor(root: string, timers: Timers) {
    this.#root = root;
    this.#timers = timers;
  }

  /** Every watcher that is live or behind. */
  *watchers(): Generator<Watcher<T>> {
    for (const group of this.#groups.values()) yield* group.watchers;
  }

  /** The group of a target, made when there is none. */
  groupFor(target: WatchTarget): WatchGroup<T> {
    return this.#groups.get(target.identity) ?? new WatchGroup(target, this.#timers);
  }

  add(watcher: Watcher<T>): void {
    const { group } = watcher;
    if (group.watchers.size === 0) this.#register(group);
    group.watchers.add(watcher);
  }

  remove(watcher: Watcher<T>): void {
    const { group } = watcher;
    if (group.watchers.delete(watcher) && group.watchers.size === 0) this.#unregister(group);
  }

  /** Hands the changes of one batch to all whom they concern, in one call each. */
  dispatch(changes: readonly Change<T>[]): void {
    if (this.#groups.size === 0) return;
    const touched: WatchGroup<T>[] = [];
    for (const change of changes) {
      for (const column of this.#columns.values()) this.#offerColumn(column, change, touched);
    }
    for (const group of touched) group.flush();
    for (const watcher of this.behind) watcher.endIfLost();
  }

  #offerColumn({ entry, groups }: Column<T>, change: Change<T>, touched: WatchGroup<T>[]): void {
    try {
      for (const value of entry.valuesOf(change, this.#root)) {
        for (const group of groups.get(value) ?? none) this.#offer(group, change, touched);
      }
    } catch (error) {
      // The object cannot be read, so it may concern any of them that could ask for its key.
      for (const group of [...groups.values()].flatMap((found) => [...found]))
        if (group.covers(change.key)) group.fail(error);
    }
  }

  #offer(group: WatchGroup<T>, change: Change<T>, touched: WatchGroup<T>[]): void {
    try {
      if (group.offer(change)) touched.push(group);
    } catch (error) {
      group.fail(error);
    }
  }

  #register(group: WatchGroup<T>): void {
    const entry = indexEntry(group.target.place);
    this.#groups.set(group.target.identity, group);
    const { groups } = getOrMake(this.#columns, entry.column, () => ({
      entry,
      groups: new Map<string, Set<WatchGroup<T>>>(),
    }));
    getOrMake(groups, entry.value, () => new Set<WatchGroup<T>>()).add(group);
  }

  #unregister(group: WatchGroup<T>): void {
    const { identity, place } = group.target;
    if (this.#groups.get(identity) === group) this.#groups.delete(identity);
    const { column, value } = indexEntry(place);
    const groups = this.#columns.get(column)?.groups;
    const same = groups?.get(value);
    same?.delete(group);
    if (same?.size === 0) groups?.delete(value);
    if (groups?.size === 0) this.#columns.delete(column);
  }
}

const none: readonly never[] = [];

function getOrMake<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

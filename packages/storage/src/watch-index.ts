import type { Revision } from '@keelson/storage-backend';
import type { Change } from './change.ts';
import type { StoredSnapshot } from './stored-snapshot.ts';
import { WatchGroup } from './watch-group.ts';
import type { IndexPlace, WatchScope, WatchTarget } from './watch-target.ts';
import type { Watcher } from './watcher.ts';

type Groups<T> = Set<WatchGroup<T>>;

/** Finds the watchers of a change without looking at the others: every group is in one place, the narrowest. */
export class WatchIndex<T> {
  /** Watchers that wait for their sinks. */
  readonly behind = new Set<Watcher<T>>();
  readonly #scope: WatchScope;
  readonly #groups = new Map<string, WatchGroup<T>>();
  /** By the kind of place (`key`, `prefix`, `name`, or the field's), then by value. */
  readonly #places = new Map<string, Map<string, Groups<T>>>();

  constructor(scope: WatchScope) {
    this.#scope = scope;
  }

  /** Every watcher that is live or behind. */
  *watchers(): Generator<Watcher<T>> {
    for (const group of this.#groups.values()) yield* group.watchers;
  }

  /** The group of a target, made when there is none. */
  groupFor(target: WatchTarget): WatchGroup<T> {
    return this.#groups.get(target.identity) ?? new WatchGroup(target);
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
  dispatch(changes: readonly Change<T>[], revision: Revision): void {
    if (this.#groups.size === 0) return;
    const touched: WatchGroup<T>[] = [];
    for (const change of changes) {
      for (const group of this.#concerned(change)) this.#offer(group, change, touched);
    }
    for (const group of touched) group.flush(revision);
    for (const watcher of this.behind) watcher.endIfLost();
  }

  #offer(group: WatchGroup<T>, change: Change<T>, touched: WatchGroup<T>[]): void {
    try {
      if (group.offer(change)) touched.push(group);
    } catch (error) {
      group.fail(error);
    }
  }

  *#concerned(change: Change<T>): Generator<WatchGroup<T>> {
    const { key } = change;
    yield* this.#at('key', key);
    yield* this.#at('name', key.slice(key.lastIndexOf('/') + 1));
    const { prefix } = this.#scope;
    for (let end = prefix.length; end > 0; end = key.indexOf('/', end) + 1) yield* this.#at('prefix', key.slice(0, end));
    for (const field of this.#scope.indexedFields) yield* this.#byField(field, change);
  }

  *#byField(field: string, { current, previous }: Change<T>): Generator<WatchGroup<T>> {
    const place = placeName(field);
    if ((this.#places.get(place)?.size ?? 0) === 0) return;
    const now = fieldValue(current, field);
    const before = fieldValue(previous, field);
    if (now === unreadable || before === unreadable) {
      for (const groups of this.#places.get(place)?.values() ?? []) yield* groups;
      return;
    }
    if (now !== undefined) yield* this.#at(place, now);
    if (before !== undefined && before !== now) yield* this.#at(place, before);
  }

  #at(place: string, value: string): Iterable<WatchGroup<T>> {
    return this.#places.get(place)?.get(value) ?? none;
  }

  #register(group: WatchGroup<T>): void {
    const { identity, place } = group.target;
    this.#groups.set(identity, group);
    const byValue = getOrMake(this.#places, kindOf(place), () => new Map<string, Groups<T>>());
    getOrMake(byValue, place.value, () => new Set<WatchGroup<T>>()).add(group);
  }

  #unregister(group: WatchGroup<T>): void {
    const { identity, place } = group.target;
    if (this.#groups.get(identity) === group) this.#groups.delete(identity);
    const byValue = this.#places.get(kindOf(place));
    const groups = byValue?.get(place.value);
    groups?.delete(group);
    if (groups?.size === 0) byValue?.delete(place.value);
  }
}

const none: readonly never[] = [];
const unreadable = Symbol('unreadable');

function fieldValue(snapshot: StoredSnapshot<unknown> | undefined, field: string): string | undefined | typeof unreadable {
  if (snapshot === undefined) return undefined;
  try {
    return snapshot.attributes.fields[field] ?? '';
  } catch {
    // The groups run into the same error when they match, and tell their watchers.
    return unreadable;
  }
}

function placeName(field: string): string {
  return `field ${field}`;
}

function kindOf(place: IndexPlace): string {
  return place.type === 'field' ? placeName(place.field) : place.type;
}

function getOrMake<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

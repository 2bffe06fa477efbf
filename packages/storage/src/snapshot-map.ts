import { BTree, type SortedTree } from './btree.ts';
import { endOfPrefix, orderedKey } from './ordered-key.ts';
import type { StoredSnapshot } from './stored-snapshot.ts';

/** Where a range ends early, and how much it may hold. */
export interface RangeOptions<T> {
  /** The first key, inclusive; the prefix's first when absent. */
  readonly start?: string | undefined;
  /** The most items. */
  readonly limit?: number | undefined;
  /** Which items count; all when absent. */
  readonly accept?: ((snapshot: StoredSnapshot<T>) => boolean) | undefined;
}

/** A part of a map. */
export interface Range<T> {
  readonly items: readonly StoredSnapshot<T>[];
  /** How many entries of the prefix follow the last item, accepted or not. */
  readonly remaining: number;
}

/** The snapshots of one resource in the order of their keys' bytes. A copy costs a pointer. */
export class SnapshotMap<T> {
  readonly #tree: SortedTree<string, StoredSnapshot<T>>;

  constructor(tree: SortedTree<string, StoredSnapshot<T>> = new BTree(undefined, compare)) {
    this.#tree = tree;
  }

  get size(): number {
    return this.#tree.size;
  }

  get(key: string): StoredSnapshot<T> | undefined {
    return this.#tree.get(orderedKey(key));
  }

  set(snapshot: StoredSnapshot<T>): void {
    this.#tree.set(orderedKey(snapshot.key), snapshot);
  }

  delete(key: string): void {
    this.#tree.delete(orderedKey(key));
  }

  /** Shares all nodes until either side changes them. */
  copy(): SnapshotMap<T> {
    return new SnapshotMap(this.#tree.clone());
  }

  all(): Iterable<StoredSnapshot<T>> {
    return this.#tree.values();
  }

  /** How many keys begin with `prefix`, which ends with a slash. */
  count(prefix: string): number {
    return this.#tree.forRange(orderedKey(prefix), endOfPrefix(prefix), false);
  }

  range(prefix: string, { start, limit = Infinity, accept }: RangeOptions<T> = {}): Range<T> {
    const first = orderedKey(start ?? prefix);
    const end = endOfPrefix(prefix);
    const items: StoredSnapshot<T>[] = [];
    if (limit === Infinity && accept === undefined) {
      this.#tree.forRange(first, end, false, (_key, snapshot) => void items.push(snapshot));
      return { items, remaining: 0 };
    }
    let last: string | undefined;
    this.#tree.forRange(first, end, false, (key, snapshot) => {
      if (accept !== undefined && !accept(snapshot)) return undefined;
      items.push(snapshot);
      last = key;
      return items.length >= limit ? stop : undefined;
    });
    if (items.length < limit || last === undefined) return { items, remaining: 0 };
    return { items, remaining: this.#tree.forRange(last, end, false) - 1 };
  }
}

const stop = { break: 0 };

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

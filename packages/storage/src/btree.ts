import module from 'sorted-btree';

/** What this package uses of a sorted tree. */
export interface SortedTree<K, V> {
  readonly size: number;
  get(key: K): V | undefined;
  set(key: K, value: V): boolean;
  delete(key: K): boolean;
  minKey(): K | undefined;
  values(): Iterable<V>;
  /** Shares all nodes until either side changes them. */
  clone(): SortedTree<K, V>;
  /** Counts the entries from `low` until before `high`; stops early, returning `break`, when the visitor returns one. */
  forRange(
    low: K,
    high: K,
    includeHigh: boolean,
    visit?: (key: K, value: V) => { readonly break: number } | undefined | void,
  ): number;
}

interface SortedTreeConstructor {
  new <K, V>(entries: undefined, compare: (a: K, b: K) => number): SortedTree<K, V>;
}

/** sorted-btree's class. It is CommonJS: Node gives the module where the types promise the default export; its types also hide that a visit can stop. */
export const BTree = ((module as { readonly default?: unknown }).default ??
  module) as unknown as SortedTreeConstructor;

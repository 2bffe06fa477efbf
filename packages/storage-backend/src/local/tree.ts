import sortedBtree from 'sorted-btree';
import type { Entry, Revision } from '../storage-backend.ts';
import { compareKeys } from './key-order.ts';

/** The store at one revision: an ordered map whose `clone()` costs a pointer, as clones share nodes until they are written. */
export type Tree = InstanceType<typeof sortedBtree.default<string, Entry>>;

export function createTree(): Tree {
  return new sortedBtree.default<string, Entry>(undefined, compareKeys);
}

/** A value together with the revision that wrote it, made once and shared by every reader. */
export function entryOf(key: string, value: Uint8Array, revision: Revision): Entry {
  return { key, value, revision };
}

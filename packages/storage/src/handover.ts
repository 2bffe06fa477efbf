import type { Entry, Revision } from '@keelson/storage-backend';
import type { StoredSnapshot } from './stored-snapshot.ts';

/** An object on its way to the backend. */
export interface WriteUnderWay<T> {
  readonly key: string;
  readonly value: Uint8Array;
  readonly object: T | undefined;
}

/**
 * Where writes and the watch cache meet, so that both use the same snapshot of a revision. Whoever learns of the revision
 * first makes the snapshot: the cache when the event comes before the answer, the write when the answer comes first.
 */
export class Handover<T> {
  readonly #make: (entry: Entry) => StoredSnapshot<T>;
  readonly #underWay = new Map<string, WriteUnderWay<T>>();
  readonly #written = new Map<string, StoredSnapshot<T>>();
  readonly #removed = new Map<string, StoredSnapshot<T>>();

  constructor(make: (entry: Entry) => StoredSnapshot<T>) {
    this.#make = make;
  }

  /** Says what is about to be written: when its event comes first, nothing is parsed. */
  begin(write: WriteUnderWay<T>): void {
    this.#underWay.set(write.key, write);
  }

  /** The write was answered, with or without success. */
  finish(write: WriteUnderWay<T>): void {
    if (this.#underWay.get(write.key) === write) this.#underWay.delete(write.key);
  }

  /** A write was answered before the cache saw it. */
  give(snapshot: StoredSnapshot<T>): void {
    this.#removed.delete(snapshot.key);
    this.#written.set(snapshot.key, snapshot);
  }

  giveRemoved(snapshot: StoredSnapshot<T>): void {
    this.#written.delete(snapshot.key);
    this.#removed.set(snapshot.key, snapshot);
  }

  /** What is known of a key beyond the cache: a snapshot, `null` for its deletion, `undefined` for nothing. */
  newest(key: string): StoredSnapshot<T> | null | undefined {
    return this.#written.get(key) ?? (this.#removed.has(key) ? null : undefined);
  }

  peek(key: string, revision: Revision): StoredSnapshot<T> | undefined {
    const written = this.#written.get(key);
    return written?.revision === revision ? written : undefined;
  }

  /** The cache takes the snapshot of an event. */
  take(entry: Entry): StoredSnapshot<T> | undefined {
    const written = this.peek(entry.key, entry.revision);
    if (written !== undefined) {
      this.#written.delete(entry.key);
      return written;
    }
    const write = this.#underWay.get(entry.key);
    if (write?.object === undefined || !sameBytes(write.value, entry.value)) return undefined;
    this.#underWay.delete(entry.key);
    const snapshot = this.#make(entry);
    snapshot.adopt(write.object);
    return snapshot;
  }

  takeRemoved(key: string, revision: Revision): StoredSnapshot<T> | undefined {
    const removed = this.#removed.get(key);
    if (removed?.revision !== revision) return undefined;
    this.#removed.delete(key);
    return removed;
  }

  /** The cache has all up to `revision`; what is older here was overtaken. */
  reached(revision: Revision): void {
    for (const held of [this.#written, this.#removed]) {
      if (held.size === 0) continue;
      for (const [key, snapshot] of held) if (snapshot.revision <= revision) held.delete(key);
    }
  }
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a === b || (a.length === b.length && Buffer.compare(a, b) === 0);
}

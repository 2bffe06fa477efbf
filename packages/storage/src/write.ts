import {
  type Entry,
  type Operation,
  type Revision,
  type StorageBackend,
  type TransactionResult,
} from '@keelson/storage-backend';
import type { Handover } from './handover.ts';
import type { PutOptions, PutResult } from './object-storage.ts';
import type { StoredSnapshot } from './stored-snapshot.ts';
import type { WatchCache } from './watch-cache.ts';

/** What writes go through. */
export interface WriteParts<T> {
  readonly backend: StorageBackend;
  readonly cache: WatchCache<T>;
  readonly handover: Handover<T>;
}

/** A write of one key. */
export interface Write<T> {
  readonly key: string;
  readonly expected: Revision;
  readonly options: PutOptions<T>;
}

/** Writes `value`; what is returned is the cache's own snapshot of it, whichever of the two learns of it first. */
export async function put<T>(
  parts: WriteParts<T>,
  write: Write<T>,
  value: Uint8Array,
): Promise<PutResult<T>> {
  const { backend, handover } = parts;
  const { key, options } = write;
  const { ttlSeconds, object } = options;
  const underWay = { key, value, object };
  handover.begin(underWay);
  try {
    const result = await transact(backend, write, {
      type: 'put',
      key,
      value,
      ...(ttlSeconds === undefined ? {} : { ttlSeconds }),
    });
    if (!result.succeeded) return refused(parts, result);
    return {
      succeeded: true,
      snapshot: written(parts, { key, value, revision: result.revision }, object),
    };
  } finally {
    handover.finish(underWay);
  }
}

function written<T>(
  { cache, handover }: WriteParts<T>,
  entry: Entry,
  object: T | undefined,
): StoredSnapshot<T> {
  const { key, revision } = entry;
  const cached = cache.state.get(key);
  const known = cached?.revision === revision ? cached : cache.history.find(key, revision)?.current;
  const snapshot = known ?? cache.snapshotOf(entry);
  if (object !== undefined) snapshot.adopt(object);
  if (known === undefined && revision > cache.revision) handover.give(snapshot);
  return snapshot;
}

/** Deletes a key; what is returned is the state that watchers see in the DELETED event. */
export async function remove<T>(parts: WriteParts<T>, write: Write<T>): Promise<PutResult<T>> {
  const { backend } = parts;
  const { key, expected } = write;
  const last = await lastState(parts, key, expected);
  if (last?.revision !== expected) return { succeeded: false, current: last };
  const result = await transact(backend, write, { type: 'delete', key });
  if (!result.succeeded) return refused(parts, result);
  return { succeeded: true, snapshot: removed(parts, last, result.revision) };
}

/** Deletes a key whatever it holds. */
export async function discard(backend: StorageBackend, key: string): Promise<boolean> {
  for (;;) {
    const entry = await backend.get(key);
    if (entry === undefined) return false;
    const write = { key, expected: entry.revision, options: {} };
    const { succeeded } = await transact(backend, write, { type: 'delete', key });
    if (succeeded) return true;
  }
}

async function lastState<T>(
  { backend, cache }: WriteParts<T>,
  key: string,
  expected: Revision,
): Promise<StoredSnapshot<T> | undefined> {
  const cached = cache.state.get(key);
  if (cached?.revision === expected) return cached;
  const entry = await backend.get(key);
  return entry && cache.snapshotOf(entry);
}

function removed<T>(
  { cache, handover }: WriteParts<T>,
  last: StoredSnapshot<T>,
  revision: Revision,
): StoredSnapshot<T> {
  const known = cache.history.find(last.key, revision)?.removed;
  if (known !== undefined) return known;
  const snapshot = last.at(revision);
  if (revision > cache.revision) handover.giveRemoved(snapshot);
  return snapshot;
}

function transact<T>(
  backend: StorageBackend,
  { key, expected, options }: Write<T>,
  operation: Operation,
): Promise<TransactionResult> {
  const { also } = options;
  return backend.transact({
    compare: [{ key, revision: expected }, ...(also?.compare ?? [])],
    // oxlint-disable-next-line unicorn/no-thenable -- the contract's word
    then: [operation, ...(also?.then ?? [])],
  });
}

function refused<T>(
  { cache }: WriteParts<T>,
  result: TransactionResult & { succeeded: false },
): PutResult<T> {
  const entry = result.current[0];
  return { succeeded: false, current: entry && cache.snapshotOf(entry) };
}

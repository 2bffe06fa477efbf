import type { Revision, StorageBackend } from '../storage-backend.ts';
import { bytes, text } from './trial.ts';

/** Writes a key, whatever it holds. */
export async function put(
  store: StorageBackend,
  key: string,
  value: string | Uint8Array,
): Promise<Revision> {
  const data = typeof value === 'string' ? bytes(value) : value;
  const { revision } = await store.transact({
    compare: [],
    then: [{ type: 'put', key, value: data }],
  });
  return revision;
}

export async function remove(store: StorageBackend, key: string): Promise<Revision> {
  const { revision } = await store.transact({ compare: [], then: [{ type: 'delete', key }] });
  return revision;
}

/** `key=value@revision` of all there is; values that are long are cut. */
export async function contentsOf(store: StorageBackend): Promise<string[]> {
  const { entries } = await store.list('/');
  return entries.map((entry) => `${entry.key}=${text(entry)!.slice(0, 20)}@${entry.revision}`);
}

/** A value of so many bytes that says which it is. */
export function largeValue(i: number, size: number): Uint8Array {
  const value = new Uint8Array(size).fill(97 + (i % 26));
  value.set(bytes(`${i}:`.slice(0, size)));
  return value;
}

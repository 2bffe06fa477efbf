import type { Entry } from '../storage-backend.ts';
import type { KeyValue } from './messages.ts';
import { toNumber } from './messages.ts';

const nothing = new Uint8Array(0);

export function keyOf(kv: KeyValue): string {
  return (kv.key as Buffer).toString();
}

/** An entry that shares its value's bytes with the message that brought it. */
export function entryOf(kv: KeyValue): Entry {
  // A field that was left out reads as an empty array.
  const value = kv.value.length === 0 ? nothing : kv.value;
  return { key: keyOf(kv), value, revision: toNumber(kv.modRevision) };
}

/** An entry with bytes of its own, so that one value that is kept does not keep a page of thousands. */
export function ownEntryOf(kv: KeyValue): Entry {
  const entry = entryOf(kv);
  return { ...entry, value: Buffer.from(entry.value) };
}

// Which objects a JSON patch has gone through. Upstream reads no more of a document than it has to: what it has read it writes
// sorted, and all else as it was. Errors show it.

import type { JsonValue } from '@keelson/api-machinery';
import { isObject, setField, type JsonObject } from './json-object.ts';

type Opened = Set<object>;

export function open(opened: Opened, value: JsonValue): void {
  if (isObject(value)) opened.add(value);
}

/** The same for all that is in it. */
export function openAll(opened: Opened, value: JsonValue): void {
  open(opened, value);
  if (typeof value !== 'object' || value === null) return;
  for (const inner of Object.values(value)) openAll(opened, inner);
}

/** A deep copy, in the order in which it is written. */
export function written(value: JsonValue, opened: ReadonlySet<object>): JsonValue {
  if (Array.isArray(value)) return value.map((item) => written(item, opened));
  if (!isObject(value)) return value;
  const keys = Object.keys(value);
  const copy: JsonObject = {};
  for (const key of opened.has(value) ? keys.sort() : keys)
    setField(copy, key, written(value[key] ?? null, opened));
  return copy;
}

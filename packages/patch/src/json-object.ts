import { isRawNumber, type JsonValue } from '@keelson/api-machinery';
import { PatchError } from './patch-error.ts';

export interface JsonObject {
  [key: string]: JsonValue;
}

/** Whether a value is a JSON object: no list, and no raw number. */
export const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isRawNumber(value);

/** A deep copy. */
export function copyOf(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(copyOf);
  return isObject(value) ? copyOfObject(value) : value;
}

export function copyOfObject(object: JsonObject): JsonObject {
  const copy: JsonObject = {};
  for (const key of Object.keys(object)) setField(copy, key, copyOf(object[key] ?? null));
  return copy;
}

/** A field of the object itself; undefined when it is absent, whatever objects inherit. */
export const fieldOf = (object: JsonObject, key: string): JsonValue | undefined =>
  Object.hasOwn(object, key) ? object[key] : undefined;

/** Sets a field as data, whatever its name. */
export function setField(target: JsonObject, key: string, value: JsonValue): void {
  if (key === '__proto__')
    Object.defineProperty(target, key, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  else target[key] = value;
}

/** How deep a patch and what it makes may be: more than any object, and less than what recursion can take. */
const depthLimit = 1000;

/** Throws PatchError 422 for values that are nested deeper than is dealt with. */
export function checkDepth(...values: readonly JsonValue[]): void {
  if (values.some(isTooDeep))
    throw new PatchError(422, `what is nested deeper than ${depthLimit} levels cannot be patched`);
}

/** Itself without recursion. */
function isTooDeep(value: JsonValue): boolean {
  let level: JsonValue[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > depthLimit) return true;
    const next: JsonValue[] = [];
    for (const item of level) {
      if (typeof item !== 'object' || item === null) continue;
      for (const inner of Array.isArray(item) ? item : Object.values(item))
        if (typeof inner === 'object' && inner !== null) next.push(inner);
    }
    level = next;
  }
  return false;
}

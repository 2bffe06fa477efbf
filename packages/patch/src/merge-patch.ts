import type { JsonValue } from '@keelson/api-machinery';

type JsonObject = { [key: string]: JsonValue };

export const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

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

/** JSON merge patch (RFC 7396): null removes, objects merge, anything else replaces. Neither argument is changed. */
export function mergePatch(target: JsonValue, patch: JsonValue): JsonValue {
  if (!isObject(patch)) return patch;
  const merged: JsonObject = {};
  if (isObject(target))
    for (const key of Object.keys(target)) setField(merged, key, target[key] ?? null);
  for (const key of Object.keys(patch)) {
    const value = patch[key] ?? null;
    if (value === null) delete merged[key];
    else
      setField(
        merged,
        key,
        mergePatch(Object.hasOwn(merged, key) ? (merged[key] ?? null) : null, value),
      );
  }
  return merged;
}

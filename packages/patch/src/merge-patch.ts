import type { JsonValue } from '@keelson/api-machinery';
import { checkDepth, copyOf, fieldOf, isObject, setField, type JsonObject } from './json-object.ts';

/**
 * JSON merge patch (RFC 7396): null removes, objects merge, anything else replaces. Neither argument is changed. What takes the
 * place of something else comes without the nulls of its objects, those in lists included.
 * Throws PatchError 422 for what is too deep. Behaviour: github.com/evanphx/json-patch v4 MergePatch.
 */
export function mergePatch(target: JsonValue, patch: JsonValue): JsonValue {
  checkDepth(target, patch);
  return merge(target, copyOf(patch));
}

function merge(target: JsonValue, patch: JsonValue): JsonValue {
  if (!isObject(patch)) return patch;
  if (!isObject(target)) return withoutNulls(patch);
  const merged: JsonObject = { ...target };
  for (const key of Object.keys(patch)) {
    const value = patch[key] ?? null;
    if (value === null) delete merged[key];
    else setField(merged, key, mergeField(fieldOf(merged, key) ?? null, value));
  }
  return merged;
}

/** Only a map that meets something else than a map is taken as it is. */
const mergeField = (current: JsonValue, value: JsonValue): JsonValue =>
  isObject(current) ? merge(current, value) : withoutNulls(value);

function withoutNulls(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isObject(value)) return value;
  const kept: JsonObject = {};
  for (const key of Object.keys(value)) {
    const inner = value[key] ?? null;
    if (inner !== null) setField(kept, key, withoutNulls(inner));
  }
  return kept;
}

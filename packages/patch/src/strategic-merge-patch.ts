// Strategic merge patches. Behaviour: k8s.io/apimachinery util/strategicpatch StrategicMergeMapPatch, v1.37.

import type { JsonValue } from '@keelson/api-machinery';
import type { TypeSchema } from '@keelson/kubernetes-api';
import {
  asNew,
  deletePrefix,
  orderPrefix,
  patchDirective,
  retainKeys,
  unknownDirective,
} from './directives.ts';
import {
  checkDepth,
  copyOfObject,
  fieldOf,
  isObject,
  setField,
  type JsonObject,
} from './json-object.ts';
import { mergeOrdered } from './ordered-list.ts';
import { PatchError } from './patch-error.ts';
import { mergingOf, type Fields } from './patch-schema.ts';
import { mergeList, withoutItems, type MergeMap } from './strategic-list.ts';

/** What a strategic merge patch came to. */
export interface StrategicMerge {
  readonly merged: JsonValue;
  /** The patch as merging leaves it, less what it has done with: upstream's errors show it so. */
  readonly rest: JsonValue;
}

/**
 * Strategic merge patch: lists with a merge key merge by it, those with strategy `merge` as sets, others are replaced; directives
 * say otherwise. Neither argument is changed. Throws PatchError.
 */
export function strategicMergePatch(
  original: JsonValue,
  patch: JsonValue,
  schema: TypeSchema,
): StrategicMerge {
  if (!isObject(original)) throw new PatchError(400, 'invalid JSON document');
  // Upstream takes null for a patch that says nothing.
  if (patch === null) return { merged: original, rest: {} };
  if (!isObject(patch)) throw new PatchError(400, 'invalid JSON document');
  checkDepth(original, patch);
  const [own, rest] = [copyOfObject(original), copyOfObject(patch)];
  return { merged: mergeMap(own, rest, schema), rest };
}

const mergeMap: MergeMap = (original, patch, fields) => {
  const wanted = fieldOf(patch, patchDirective);
  if (wanted !== undefined) return wholeMap(patch, wanted);
  retain(original, patch);
  for (const key of Object.keys(patch).filter((name) => name.startsWith(orderPrefix)))
    mergeOrdered(original, patch, key, fields, mergeMap);
  for (const key of Object.keys(patch)) mergeField(original, key, patch[key] ?? null, fields);
  return original;
};

function wholeMap(patch: JsonObject, wanted: JsonValue): JsonObject {
  if (wanted === 'delete') return {};
  if (wanted !== 'replace') throw unknownDirective(wanted, patch);
  delete patch[patchDirective];
  return patch;
}

/** Drops what a patch of a union does not name. */
function retain(original: JsonObject, patch: JsonObject): void {
  const list = fieldOf(patch, retainKeys);
  if (list === undefined) return;
  delete patch[retainKeys];
  if (!Array.isArray(list)) throw new PatchError(400, 'invalid patch format of retainKeys');
  const retained = new Set(list);
  for (const [key, value] of Object.entries(patch)) {
    if (value === null || key.startsWith(deletePrefix) || key.startsWith(orderPrefix)) continue;
    if (!retained.has(key)) throw new PatchError(400, 'invalid patch format of retainKeys');
  }
  for (const key of Object.keys(original)) if (!retained.has(key)) delete original[key];
}

function mergeField(original: JsonObject, name: string, value: JsonValue, fields: Fields): void {
  const deletes = name.startsWith(deletePrefix);
  const key = deletes ? name.slice(deletePrefix.length) : name;
  if (value === null) {
    delete original[key];
    return;
  }
  const current = fieldOf(original, key);
  if (deletes) deleteItems(original, key, value, fields);
  else if (isObject(current) && isObject(value))
    setField(original, key, mergeObjects(current, value, fields, key));
  else if (Array.isArray(current) && Array.isArray(value))
    setField(original, key, mergeList(current, value, mergingOf(fields, key), mergeMap));
  else take(original, key, value);
}

function mergeObjects(
  current: JsonObject,
  value: JsonObject,
  fields: Fields,
  key: string,
): JsonObject {
  const merging = mergingOf(fields, key);
  return merging.strategy === 'replace' ? value : mergeMap(current, value, merging.fields);
}

function take(original: JsonObject, key: string, value: JsonValue): void {
  const clean = asNew(value);
  if (clean === undefined) delete original[key];
  else setField(original, key, clean);
}

function deleteItems(original: JsonObject, key: string, values: JsonValue, fields: Fields): void {
  const current = fieldOf(original, key);
  if (!Array.isArray(current) || !Array.isArray(values)) return;
  const merging = { ...mergingOf(fields, key), strategy: 'merge' };
  setField(
    original,
    key,
    [...current, ...values].some(isObject)
      ? mergeList(current, values, merging, mergeMap)
      : withoutItems(current, values),
  );
}

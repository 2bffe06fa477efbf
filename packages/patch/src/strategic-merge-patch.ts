import type { JsonValue } from '@keelson/api-machinery';
import {
  schemaOf,
  type FieldSchema,
  type FieldType,
  type TypeSchema,
} from '@keelson/kubernetes-api';
import { mergedInOrder } from './element-order.ts';
import { isObject, setField } from './merge-patch.ts';
import { PatchError } from './patch-error.ts';

type JsonObject = { [key: string]: JsonValue };

const directive = '$patch';
const retainKeys = '$retainKeys';
const orderPrefix = '$setElementOrder/';
const deletePrefix = '$deleteFromPrimitiveList/';

/** What the fields of an object are: by the schema of its type, or nothing is known of them. */
type Fields = TypeSchema | undefined;

/**
 * Strategic merge patch: lists with a merge key merge by it, those with strategy `merge` as sets, others are replaced; directives
 * say otherwise. Neither argument is changed. Throws PatchError.
 * Behaviour: k8s.io/apimachinery util/strategicpatch StrategicMergeMapPatch, v1.37.
 */
export function strategicMergePatch(
  original: JsonValue,
  patch: JsonValue,
  schema: TypeSchema,
): JsonValue {
  if (!isObject(original) || !isObject(patch)) throw new PatchError(400, 'invalid JSON document');
  return mergeMap(structuredClone(original), structuredClone(patch), schema);
}

function mergeMap(original: JsonObject, patch: JsonObject, fields: Fields): JsonObject {
  const wanted = own(patch, directive);
  if (wanted !== undefined) return wholeMap(patch, wanted);
  retain(original, patch);
  mergeOrdered(original, patch, fields);
  for (const key of Object.keys(patch)) mergeField(original, key, patch[key] ?? null, fields);
  return original;
}

const own = (object: JsonObject, key: string): JsonValue | undefined =>
  Object.hasOwn(object, key) ? object[key] : undefined;

function wholeMap(patch: JsonObject, wanted: JsonValue): JsonObject {
  if (wanted === 'delete') return {};
  if (wanted !== 'replace')
    throw new PatchError(500, `unknown patch type: ${String(wanted)} in map: ${goMap(patch)}`);
  delete patch[directive];
  return patch;
}

/** Go prints maps as `map[key:value]`, keys sorted. */
export function goMap(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(goMap).join(' ')}]`;
  if (isObject(value))
    return `map[${Object.keys(value)
      .sort()
      .map((key) => `${key}:${goMap(value[key] ?? null)}`)
      .join(' ')}]`;
  return value === null ? '<nil>' : String(value);
}

/** Drops what a patch of a union does not name. */
function retain(original: JsonObject, patch: JsonObject): void {
  const list = own(patch, retainKeys);
  if (list === undefined) return;
  delete patch[retainKeys];
  if (!Array.isArray(list)) throw new PatchError(400, 'invalid patch format of retainKeys');
  for (const [key, value] of Object.entries(patch)) {
    if (value === null || key.startsWith(deletePrefix) || key.startsWith(orderPrefix)) continue;
    if (!list.includes(key)) throw new PatchError(400, 'invalid patch format of retainKeys');
  }
  for (const key of Object.keys(original)) if (!list.includes(key)) delete original[key];
}

function mergeField(original: JsonObject, key: string, value: JsonValue, fields: Fields): void {
  if (key.startsWith(deletePrefix))
    return deleteFromList(original, key.slice(deletePrefix.length), value);
  if (value === null) {
    delete original[key];
    return;
  }
  const current = own(original, key);
  if (current === undefined || current === null || kindOf(current) !== kindOf(value))
    return take(original, key, value);
  const field = fieldOf(fields, key);
  if (isObject(value) && isObject(current)) {
    setField(
      original,
      key,
      strategyOf(field) === 'replace' ? value : mergeMap(current, value, structOf(field)),
    );
  } else if (Array.isArray(value) && Array.isArray(current)) {
    setField(
      original,
      key,
      strategyOf(field) === 'merge' ? mergeList(current, value, field) : value,
    );
  } else {
    setField(original, key, value);
  }
}

const kindOf = (value: JsonValue): string => (Array.isArray(value) ? 'list' : typeof value);

/** What was not there is taken as it comes, less nulls in it and directives. */
function take(original: JsonObject, key: string, value: JsonValue): void {
  const clean = withoutDirectives(withoutNulls(value));
  if (clean === undefined) delete original[key];
  else setField(original, key, clean);
}

function withoutNulls(value: JsonValue): JsonValue {
  if (!isObject(value)) return value;
  for (const key of Object.keys(value)) {
    if (value[key] === null) delete value[key];
    else withoutNulls(value[key] ?? null);
  }
  return value;
}

function withoutDirectives(value: JsonValue): JsonValue | undefined {
  if (Array.isArray(value))
    return value.map(withoutDirectives).filter((item) => item !== undefined);
  if (!isObject(value)) return value;
  if (Object.hasOwn(value, directive)) return undefined;
  for (const key of Object.keys(value)) {
    const clean = withoutDirectives(value[key] ?? null);
    if (clean === undefined) delete value[key];
    else setField(value, key, clean);
  }
  return value;
}

function deleteFromList(original: JsonObject, key: string, values: JsonValue): void {
  const current = own(original, key);
  if (!Array.isArray(current) || !Array.isArray(values)) return;
  setField(
    original,
    key,
    current.filter((item) => !values.includes(item)),
  );
}

function fieldOf(fields: Fields, key: string): FieldSchema | undefined {
  return fields?.fields.find(({ name }) => name === key);
}

/** `retainKeys` says nothing of how values merge. */
function strategyOf(field: FieldSchema | undefined): string {
  return (
    (field?.patchStrategy ?? '').split(',').find((strategy) => strategy !== 'retainKeys') ?? ''
  );
}

function structOf(field: FieldSchema | undefined): Fields {
  return itemSchema(field?.type);
}

function itemSchema(type: FieldType | undefined): Fields {
  if (typeof type !== 'object') return undefined;
  if ('ref' in type) return schemaOf(type.ref);
  return 'list' in type ? itemSchema(type.list) : undefined;
}

/** Lists whose order the patch gives: merged with what the patch says of them, then put in order. */
function mergeOrdered(original: JsonObject, patch: JsonObject, fields: Fields): void {
  for (const directiveKey of Object.keys(patch).filter((key) => key.startsWith(orderPrefix))) {
    const order = patch[directiveKey];
    delete patch[directiveKey];
    if (!Array.isArray(order))
      throw new PatchError(400, 'invalid patch format of setElementOrder list');
    const key = directiveKey.slice(orderPrefix.length);
    const [current, change] = [own(original, key), own(patch, key)];
    if (!Array.isArray(current) && !Array.isArray(change)) continue;
    const field = fieldOf(fields, key);
    const server = Array.isArray(current) ? [...current] : [];
    checkOrder(Array.isArray(change) ? change : [], order, field?.patchMergeKey);
    const merged = Array.isArray(change) ? mergeWhatIsThere(current, change, field) : server;
    setField(original, key, mergedInOrder(merged, order, server, field?.patchMergeKey));
    delete patch[key];
  }
}

function mergeWhatIsThere(
  current: JsonValue | undefined,
  change: JsonValue[],
  field: FieldSchema | undefined,
): JsonValue[] {
  if (!Array.isArray(current))
    return change.map(withoutDirectives).filter((item) => item !== undefined);
  return strategyOf(field) === 'merge' ? mergeList(current, change, field) : change;
}

/** Whatever the patch puts into a list must stand in the order that it gives. */
function checkOrder(
  change: readonly JsonValue[],
  order: readonly JsonValue[],
  mergeKey: string | undefined,
): void {
  const keyOf = (item: JsonValue): JsonValue | undefined =>
    mergeKey !== undefined && isObject(item) ? item[mergeKey] : item;
  const ordered = order.map(keyOf);
  let at = 0;
  for (const item of change) {
    if (isObject(item) && Object.hasOwn(item, directive)) continue;
    const found = ordered.indexOf(keyOf(item), at);
    if (found === -1)
      throw new PatchError(
        500,
        `The order in patch list:\n${goMap([...change])}\n doesn't match $setElementOrder list:\n${goMap([...order])}\n`,
      );
    at = found + 1;
  }
}

function mergeList(
  original: JsonValue[],
  patch: JsonValue[],
  field: FieldSchema | undefined,
): JsonValue[] {
  if (original.length === 0 && patch.length === 0) return original;
  const mergeKey = field?.patchMergeKey;
  const items = [...original, ...patch];
  if (items.some((item) => Array.isArray(item)))
    throw new PatchError(422, 'lists of lists are not supported');
  if (!items.some(isObject)) return mergedInOrder([...new Set(items)], patch, original, undefined);
  if (mergeKey === undefined)
    throw new PatchError(500, `cannot merge lists without merge key for ${field?.name ?? ''}`);
  const server = [...original];
  const { kept, plain } = withoutSpecialItems(original, patch, mergeKey);
  return mergedInOrder(mergeItems(kept, plain, mergeKey, structOf(field)), plain, server, mergeKey);
}

/** Acts on the items of a patch that say what to do with others. */
function withoutSpecialItems(
  original: JsonValue[],
  patch: readonly JsonValue[],
  mergeKey: string,
): { readonly kept: JsonValue[]; readonly plain: JsonValue[] } {
  let kept = original;
  let replaced = false;
  const plain: JsonValue[] = [];
  for (const item of patch) {
    const wanted = isObject(item) ? own(item, directive) : undefined;
    if (wanted === undefined) plain.push(item);
    else if (wanted === 'replace') replaced = true;
    else if (wanted === 'delete' && isObject(item)) {
      const value = keyValue(item, mergeKey);
      kept = kept.filter((one) => !isObject(one) || one[mergeKey] !== value);
    } else if (wanted === 'merge')
      throw new PatchError(500, 'merging lists cannot yet be specified in the patch');
    else throw new PatchError(500, `unknown patch type: ${String(wanted)} in map: ${goMap(item)}`);
  }
  return replaced ? { kept: plain, plain: [] } : { kept, plain };
}

function mergeItems(
  original: JsonValue[],
  patch: readonly JsonValue[],
  mergeKey: string,
  fields: Fields,
): JsonValue[] {
  const merged = [...original];
  for (const item of patch) {
    if (!isObject(item)) throw new PatchError(500, `expected a map, but received a ${typeof item}`);
    const value = keyValue(item, mergeKey);
    const at = merged.findIndex((one) => isObject(one) && one[mergeKey] === value);
    const found = merged[at];
    if (isObject(found)) merged[at] = mergeMap(found, item, fields);
    else merged.push(item);
  }
  return merged;
}

function keyValue(item: JsonObject, mergeKey: string): JsonValue {
  const value = own(item, mergeKey);
  if (value === undefined)
    throw new PatchError(
      500,
      `map: ${goMap(item)} does not contain declared merge key: ${mergeKey}`,
    );
  return value;
}

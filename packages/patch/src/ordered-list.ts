import type { JsonValue } from '@keelson/api-machinery';
import { hasDirective, orderPrefix, patchDirective, withoutDirectives } from './directives.ts';
import { mergedInOrder } from './element-order.ts';
import { goText } from './go-text.ts';
import { fieldOf, isObject, setField, type JsonObject } from './json-object.ts';
import { keyValue, wrongType } from './merge-key.ts';
import { PatchError } from './patch-error.ts';
import { listMergingOf, type Fields } from './patch-schema.ts';
import { elementType, mergeList, type MergeMap } from './strategic-list.ts';

/** Merges a list whose order the patch gives, and takes both from the patch. */
export function mergeOrdered(
  original: JsonObject,
  patch: JsonObject,
  directive: string,
  fields: Fields,
  mergeMap: MergeMap,
): void {
  const order = listOf(fieldOf(patch, directive) ?? null);
  delete patch[directive];
  const key = directive.slice(orderPrefix.length);
  const [current, change] = [optionalList(original, key), optionalList(patch, key)];
  const merging = listMergingOf(fields, key);
  const { mergeKey } = merging;
  checkOrder(change ?? [], order, mergeKey);
  if (current === undefined && change === undefined) return;
  const server = [...(current ?? [])];
  const left = orderLeft(server, change ?? [], mergeKey);
  const merged =
    change === undefined
      ? server
      : current === undefined
        ? change.map(withoutDirectives).filter((item) => item !== undefined)
        : mergeList(current, change, merging, mergeMap);
  if (elementType(server, change ?? []) === 'map[string]interface {}' && mergeKey === '')
    // Upstream looks for a key without a name.
    for (const item of [...order, ...server, ...merged]) keyValue(item, mergeKey);
  setField(original, key, mergedInOrder(merged, order, left, mergeKey));
  delete patch[key];
}

/**
 * The server's order as upstream has it left: it takes items out of the very list that it looks at later, and puts new ones
 * where there is room then.
 */
function orderLeft(
  server: readonly JsonValue[],
  change: readonly JsonValue[],
  mergeKey: string,
): readonly JsonValue[] {
  const wanted = (item: JsonValue) => (isObject(item) ? fieldOf(item, patchDirective) : undefined);
  const gone = change.filter((item) => wanted(item) === 'delete');
  if (gone.length === 0 || change.some((item) => wanted(item) === 'replace')) return server;
  const idOf = (item: JsonValue) => (isObject(item) ? fieldOf(item, mergeKey) : undefined);
  const goneIds = new Set(gone.map(idOf));
  const stays = server.filter((item) => !goneIds.has(idOf(item)));
  const known = new Set(stays.map(idOf));
  const added = change.filter((item) => !hasDirective(item) && !known.has(idOf(item)));
  return [...stays, ...added].slice(0, server.length);
}

function listOf(value: JsonValue): JsonValue[] {
  if (Array.isArray(value)) return value;
  throw wrongType('[]interface {}', value);
}

function optionalList(object: JsonObject, key: string): JsonValue[] | undefined {
  const value = fieldOf(object, key);
  return value === undefined ? undefined : listOf(value);
}

/** Whatever the patch puts into a list must stand in the order that it gives. */
function checkOrder(
  change: readonly JsonValue[],
  order: readonly JsonValue[],
  mergeKey: string,
): void {
  if (order.length === 0 || change.length === 0) return;
  const keyOf = (item: JsonValue): JsonValue => (mergeKey === '' ? item : keyValue(item, mergeKey));
  const put = change.filter((item) => mergeKey === '' || !isDeletion(item));
  let [at, next] = [0, 0];
  while (next < put.length && at < order.length) {
    const item = put[next] ?? null;
    if (hasDirective(item)) {
      next++;
      continue;
    }
    if (keyOf(item) === keyOf(order[at] ?? null)) next++;
    at++;
  }
  if (next < put.length && at >= order.length)
    throw new PatchError(
      500,
      `The order in patch list:\n${goText([...change])}\n doesn't match $setElementOrder list:\n${goText([...order])}\n`,
    );
}

function isDeletion(item: JsonValue): boolean {
  if (!isObject(item)) throw wrongType('map[string]interface {}', item);
  return fieldOf(item, patchDirective) === 'delete';
}

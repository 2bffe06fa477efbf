// The order of merged lists. Behaviour: k8s.io/apimachinery util/strategicpatch normalizeElementOrder, v1.37.

import type { JsonValue } from '@keelson/api-machinery';
import { fieldOf, isObject } from './json-object.ts';
import { keyValue } from './merge-key.ts';
import { PatchError } from './patch-error.ts';

/**
 * Puts a merged list in order: what the patch names in the patch's order, the rest in the server's, the two interleaved as the
 * server's order allows. Throws PatchError 500 for an item without the merge key, where there is one.
 */
export function mergedInOrder(
  merged: readonly JsonValue[],
  patchOrder: readonly JsonValue[],
  serverOrder: readonly JsonValue[],
  mergeKey: string,
): JsonValue[] {
  if (mergeKey !== '') checkKeys(merged, patchOrder, serverOrder, mergeKey);
  const idOf = (item: JsonValue): JsonValue | undefined =>
    mergeKey !== '' && isObject(item) ? fieldOf(item, mergeKey) : item;
  const inPatch = places(patchOrder.map(idOf));
  const inServer = places(serverOrder.map(idOf));
  const place = (where: ReadonlyMap<unknown, number>, item: JsonValue): number =>
    where.get(idOf(item)) ?? -1;
  const named = merged
    .filter((item) => place(inPatch, item) >= 0)
    .sort((a, b) => place(inPatch, a) - place(inPatch, b));
  const others = merged
    .filter((item) => place(inPatch, item) < 0)
    .sort((a, b) => place(inServer, a) - place(inServer, b));
  return interleave(others, named, (item) => place(inServer, item));
}

function checkKeys(
  merged: readonly JsonValue[],
  patchOrder: readonly JsonValue[],
  serverOrder: readonly JsonValue[],
  mergeKey: string,
): void {
  for (const item of merged) keyValue(item, mergeKey);
  const odd = patchOrder.findIndex((item) => !isObject(item));
  if (odd !== -1 && merged.length > 0)
    throw new PatchError(500, `value for key ${odd} is not a map`);
  for (const item of [...patchOrder, ...serverOrder]) keyValue(item, mergeKey);
}

function places(ids: readonly (JsonValue | undefined)[]): ReadonlyMap<unknown, number> {
  const where = new Map<unknown, number>();
  ids.forEach((id, index) => {
    if (!where.has(id)) where.set(id, index);
  });
  return where;
}

/** An item of `left` comes before one of `right` only when the server has both, in that order. */
function interleave(
  left: readonly JsonValue[],
  right: readonly JsonValue[],
  place: (item: JsonValue) => number,
): JsonValue[] {
  const result: JsonValue[] = [];
  let [i, j] = [0, 0];
  while (i < left.length && j < right.length) {
    const [l, r] = [left[i] ?? null, right[j] ?? null];
    const [li, ri] = [place(l), place(r)];
    if (li >= 0 && ri >= 0 && li < ri) {
      result.push(l);
      i++;
    } else {
      result.push(r);
      j++;
    }
  }
  return [...result, ...left.slice(i), ...right.slice(j)];
}

import type { JsonValue } from '@keelson/api-machinery';
import { isObject } from './merge-patch.ts';

/**
 * Puts a merged list in order: what the patch names in the patch's order, the rest in the server's, the two interleaved as the
 * server's order allows. Behaviour: util/strategicpatch normalizeElementOrder.
 */
export function mergedInOrder(
  merged: readonly JsonValue[],
  patchOrder: readonly JsonValue[],
  serverOrder: readonly JsonValue[],
  mergeKey: string | undefined,
): JsonValue[] {
  const idOf = (item: JsonValue): JsonValue | undefined =>
    mergeKey !== undefined && isObject(item) ? item[mergeKey] : item;
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

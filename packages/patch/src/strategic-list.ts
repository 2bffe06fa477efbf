import type { JsonValue } from '@keelson/api-machinery';
import { patchDirective, unknownDirective } from './directives.ts';
import { mergedInOrder } from './element-order.ts';
import { goText, goType } from './go-text.ts';
import { fieldOf, isObject, type JsonObject } from './json-object.ts';
import { keyValue, wrongType } from './merge-key.ts';
import { PatchError } from './patch-error.ts';
import type { Fields, Merging } from './patch-schema.ts';
import { withoutRepetitions } from './repetitions.ts';

/** Merges a patch into an object; may change both. */
export type MergeMap = (original: JsonObject, patch: JsonObject, fields: Fields) => JsonObject;

/** Merges a patch into a list by the list's strategy; may change both. */
export function mergeList(
  original: JsonValue[],
  patch: JsonValue[],
  { strategy, mergeKey, fields }: Merging,
  mergeMap: MergeMap,
): JsonValue[] {
  if (strategy !== 'merge') return patch;
  if (original.length === 0 && patch.length === 0) return original;
  if (elementType(original, patch) !== 'map[string]interface {}') {
    const merged = withoutRepetitions([...original, ...patch]);
    // With nothing to add, upstream has no other order left than the one that this made.
    return patch.length === 0 ? merged : mergedInOrder(merged, patch, original, mergeKey);
  }
  if (mergeKey === '') throw new PatchError(500, 'cannot merge lists without merge key for struct');
  const { kept, plain } = withoutSpecialItems(original, patch, mergeKey);
  const order = [...kept];
  return mergedInOrder(mergeItems(kept, plain, mergeKey, fields, mergeMap), plain, order, mergeKey);
}

/** The scalars of a list less those of another one. Throws PatchError 500 for lists that mix types. */
export function withoutItems(list: readonly JsonValue[], items: readonly JsonValue[]): JsonValue[] {
  if (list.length > 0 || items.length > 0) elementType([...list], [...items]);
  const gone = new Set(items);
  return list.filter((item) => !gone.has(item));
}

/** The one type that all items of the lists have. Throws PatchError for lists that mix types, and for lists of lists. */
export function elementType(...lists: readonly JsonValue[][]): string {
  const [first, ...others] = lists.flat(1);
  if (first === undefined) throw new PatchError(500, 'no elements in any of the given slices');
  if (lists.some((list) => list.length > 0 && Array.isArray(list[0])) && Array.isArray(first))
    throw new PatchError(422, 'lists of lists are not supported');
  const type = goType(first);
  if (others.some((item) => goType(item) !== type))
    throw new PatchError(500, `list element types are not identical: ${goText([...lists])}`);
  return type;
}

/** Acts on the items of a patch that say what to do with others. */
function withoutSpecialItems(
  original: JsonValue[],
  patch: readonly JsonValue[],
  mergeKey: string,
): { readonly kept: JsonValue[]; readonly plain: JsonValue[] } {
  const gone = new Set<JsonValue>();
  let replaced = false;
  const plain: JsonValue[] = [];
  for (const item of patch) {
    const wanted = isObject(item) ? fieldOf(item, patchDirective) : undefined;
    if (wanted === undefined) plain.push(item);
    else if (wanted === 'replace') replaced = true;
    else if (wanted === 'delete') gone.add(keyValue(item, mergeKey));
    else if (wanted === 'merge')
      throw new PatchError(500, 'merging lists cannot yet be specified in the patch');
    else throw unknownDirective(wanted, item);
  }
  if (replaced) return { kept: plain, plain: [] };
  const stays = (item: JsonValue): boolean =>
    !gone.has((isObject(item) ? fieldOf(item, mergeKey) : undefined) ?? null);
  return { kept: gone.size === 0 ? original : original.filter(stays), plain };
}

function mergeItems(
  original: readonly JsonValue[],
  patch: readonly JsonValue[],
  mergeKey: string,
  fields: Fields,
  mergeMap: MergeMap,
): JsonValue[] {
  const merged = [...original];
  const places = new Map<JsonValue, number>();
  const note = (value: JsonValue, place: number): void => {
    if (!places.has(value)) places.set(value, place);
  };
  original.forEach((item, place) => {
    const value = isObject(item) ? fieldOf(item, mergeKey) : undefined;
    if (value !== undefined) note(value, place);
  });
  for (const item of patch) {
    if (!isObject(item)) throw wrongType('map[string]interface {}', item);
    const value = keyValue(item, mergeKey);
    const place = places.get(value);
    const found = place === undefined ? undefined : merged[place];
    if (place !== undefined && isObject(found)) merged[place] = mergeMap(found, item, fields);
    else note(value, merged.push(item) - 1);
  }
  return merged;
}

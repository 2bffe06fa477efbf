import type { JsonValue } from '@keelson/api-machinery';

/**
 * Each scalar once, in the order that upstream comes to: what is there again goes, item after item, and each time the last one takes its
 * place. Changes the list. Behaviour: k8s.io/apimachinery util/strategicpatch deduplicateScalars, which compares all with all.
 */
export function withoutRepetitions(list: JsonValue[]): JsonValue[] {
  if (new Set(list).size === list.length) return list;
  const places = new Map<JsonValue, number[]>();
  list.forEach((item, place) => placesOf(places, item).push(place));
  for (let index = 0; index < list.length; index++) {
    const own = placesOf(places, list[index] ?? null);
    while (own.length > 1) replaceByLast(list, places, own[1] ?? 0);
  }
  return list;
}

function placesOf(places: Map<JsonValue, number[]>, item: JsonValue): number[] {
  const found = places.get(item);
  if (found !== undefined) return found;
  const made: number[] = [];
  places.set(item, made);
  return made;
}

function replaceByLast(list: JsonValue[], places: Map<JsonValue, number[]>, place: number): void {
  const own = placesOf(places, list[place] ?? null);
  const last = list.pop() ?? null;
  const ofLast = placesOf(places, last);
  // It was behind all others that are like it.
  ofLast.pop();
  if (place === list.length) return;
  if (last === list[place]) return;
  own.splice(1, 1);
  list[place] = last;
  ofLast.splice(firstAbove(ofLast, place), 0, place);
}

/** Where the first of some rising numbers is that is above another one. */
function firstAbove(numbers: readonly number[], limit: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) > limit) high = middle;
    else low = middle + 1;
  }
  return low;
}

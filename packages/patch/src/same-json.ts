import { isRawNumber, jsonText, type JsonValue } from '@keelson/api-machinery';
import { fieldOf, isObject } from './json-object.ts';

/** Whether two JSON values are equal; the order of fields does not matter, the text of a raw number does. */
export function sameJson(a: JsonValue, b: JsonValue): boolean {
  if (Array.isArray(a))
    return (
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, index) => sameJson(item, b[index] ?? null))
    );
  if (isRawNumber(a)) return isRawNumber(b) && jsonText(a) === jsonText(b);
  if (!isObject(a)) return a === b;
  if (!isObject(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key] ?? null, fieldOf(b, key) ?? null))
  );
}

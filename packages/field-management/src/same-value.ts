import type { JsonValue } from '@keelson/api-machinery';
import { isJsonObject, memberOf, sameJson, type JsonObject } from './json-value.ts';
import { memberSchema, type MapSchema, type Schema } from './schema.ts';

type Value = JsonValue | undefined;

/**
 * Whether a value is still the same; of decoded objects, whether Go would write it the same. In lists, an empty list or map that
 * was sent differs from one that was not: what is stored has none. Behaviour: structured-merge-diff value.Equals.
 */
export function sameValue(schema: Schema, before: Value, after: Value, decoded: boolean): boolean {
  if (before === after) return true;
  return decoded ? sameDecoded(schema, before, after, false) : sameJson(before, after);
}

function sameDecoded(schema: Schema, before: Value, after: Value, inList: boolean): boolean {
  if (before === after) return true;
  if (Array.isArray(before) && Array.isArray(after)) {
    const items = schema.list?.items ?? schema;
    return (
      before.length === after.length &&
      before.every((item, index) => sameDecoded(items, item, after[index], true))
    );
  }
  if (!isJsonObject(before) || !isJsonObject(after) || schema.map === undefined)
    return sameJson(before, after);
  return sameMembers(schema.map, before, after, inList);
}

function sameMembers(
  map: MapSchema,
  before: JsonObject,
  after: JsonObject,
  inList: boolean,
): boolean {
  const same = (name: string): boolean =>
    sameDecoded(
      memberSchema(map, name) ?? {},
      written(map, before, name, false),
      written(map, after, name, inList),
      inList,
    );
  return (
    Object.keys(before).every(same) &&
    Object.keys(after).every((name) => Object.hasOwn(before, name) || same(name))
  );
}

/** A member as Go would write it, or as it has it. */
function written(map: MapSchema, object: JsonObject, name: string, keepsEmpty: boolean): Value {
  const value = memberOf(object, name);
  if (value === undefined) return map.nulls?.includes(name) ? null : undefined;
  if (!map.fields.get(name)?.omitsEmpty || (keepsEmpty && typeof value === 'object')) return value;
  return isZero(value) ? undefined : value;
}

/** Whether there is nothing in a value, or none. */
export function isVacant(value: Value): boolean {
  if (typeof value !== 'object' || value === null) return value === undefined;
  if (Array.isArray(value)) return value.length === 0;
  for (const _ in value) return false;
  return true;
}

/** Whether Go has the value where nothing was said. */
export const isZero = (value: Value): boolean =>
  value === 0 || value === '' || value === false || isVacant(value);

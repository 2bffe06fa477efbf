import type { JsonValue } from '@keelson/api-machinery';
import { isJsonObject, memberOf, sameJson, type JsonObject } from './json-value.ts';
import { memberSchema, type MapSchema, type Schema } from './schema.ts';

type Value = JsonValue | undefined;

/** Whether two values are the same; of decoded objects, whether Go would write them the same. */
export function sameValue(schema: Schema, a: Value, b: Value, decoded: boolean): boolean {
  if (a === b) return true;
  if (!decoded) return sameJson(a, b);
  if (Array.isArray(a) && Array.isArray(b)) {
    const items = schema.list?.items ?? schema;
    return (
      a.length === b.length && a.every((item, index) => sameValue(items, item, b[index], decoded))
    );
  }
  if (!isJsonObject(a) || !isJsonObject(b) || schema.map === undefined) return sameJson(a, b);
  return sameMembers(schema.map, a, b);
}

function sameMembers(map: MapSchema, a: JsonObject, b: JsonObject): boolean {
  const same = (name: string): boolean =>
    sameValue(memberSchema(map, name) ?? {}, written(map, a, name), written(map, b, name), true);
  return (
    Object.keys(a).every(same) &&
    Object.keys(b).every((name) => Object.hasOwn(a, name) || same(name))
  );
}

/** A member as Go would write it. */
function written(map: MapSchema, object: JsonObject, name: string): Value {
  const value = memberOf(object, name);
  if (value === undefined) return map.nulls?.includes(name) ? null : undefined;
  return map.fields.get(name)?.omitsEmpty && isZero(value) ? undefined : value;
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

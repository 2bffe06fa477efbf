import type { JsonValue } from '@keelson/api-machinery';
import { isJsonObject, memberOf, setMember, type JsonObject } from './json-value.ts';
import { mergeItems } from './merge-items.ts';
import { formOf, memberSchema, untyped, type Form, type MapSchema, type Schema } from './schema.ts';

type Value = JsonValue | undefined;

/**
 * What `value` becomes when all that `applied` says is said of it: nothing goes, leaves are as applied, lists are in the order
 * applied. Shares parts with both. Behaviour: structured-merge-diff typed.Merge.
 */
export function merge(value: Value, applied: Value, schema: Schema): Value {
  // What only one of them says stays as it is, and is shared.
  if (applied === undefined) return value;
  if (value === undefined) return applied;
  const form = formOf(schema, applied);
  return mergeAs(form, schema, value, applied);
}

function mergeAs(form: Form | undefined, schema: Schema, value: Value, applied: Value): Value {
  if (form === 'map' && schema.map !== undefined && !schema.map.atomic)
    return mergeMaps(schema.map, value, applied);
  if (form === 'list' && schema.list !== undefined && schema.list.relation !== 'atomic') {
    const [own, other] = [listIn(value), listIn(applied)];
    // Two empty ones are a leaf, so that null and an empty list are not the same.
    if (own.length === 0 && other.length === 0) return applied;
    const { list } = schema;
    return mergeItems(list, own, other, (a, b) => merge(a, b, list.items));
  }
  return applied;
}

const listIn = (value: Value): readonly JsonValue[] => (Array.isArray(value) ? value : []);
const mapIn = (value: Value): JsonObject => (isJsonObject(value) ? value : {});

function mergeMaps(map: MapSchema, value: Value, applied: Value): Value {
  const [own, other] = [mapIn(value), mapIn(applied)];
  const names = new Set([...Object.keys(own), ...Object.keys(other)]);
  if (names.size === 0) return applied;
  const merged: JsonObject = {};
  for (const name of names) {
    const schema = memberSchema(map, name) ?? untyped;
    const member = merge(memberOf(own, name), memberOf(other, name), schema);
    if (member !== undefined) setMember(merged, name, member);
  }
  return Object.keys(merged).length === 0 ? undefined : merged;
}

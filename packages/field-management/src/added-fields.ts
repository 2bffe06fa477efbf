import type { JsonValue } from '@keelson/api-machinery';
import { leaf, type FieldSet } from './field-set.ts';
import { isJsonObject, type JsonObject } from './json-value.ts';
import { itemStep } from './list-items.ts';
import { isZero } from './same-value.ts';
import { formOf, type ListSchema, type MapSchema, type Schema } from './schema.ts';
import { fieldStep, type Step } from './step.ts';

/**
 * What a value adds where there was none: its place, and all paths below. Undefined when an item cannot have a name: whoever compares
 * says which. Of decoded objects, as in `compare`.
 */
export function addedFields(
  schema: Schema,
  value: JsonValue,
  decoded: boolean,
): FieldSet | undefined {
  // Neither form says anything of a scalar but that it is there.
  if (typeof value !== 'object' || value === null) return leaf;
  const form = formOf(schema, value);
  if (form === 'map' && schema.map !== undefined && isJsonObject(value))
    return addedMap(schema.map, value, decoded);
  if (form === 'list' && schema.list !== undefined && Array.isArray(value))
    return addedList(schema.list, value, decoded);
  return leaf;
}

function addedMap(map: MapSchema, value: JsonObject, decoded: boolean): FieldSet | undefined {
  if (map.atomic) return leaf;
  const children = new Map<Step, FieldSet>();
  let vacant = true;
  for (const name in value) {
    vacant = false;
    const field = map.fields.get(name);
    const schema = field?.schema ?? map.others;
    const member = value[name];
    if (schema === undefined || member === undefined) continue;
    if (decoded && field?.omitsEmpty === true && isZero(member)) continue;
    const added = addedFields(schema, member, decoded);
    if (added === undefined) return undefined;
    children.set(fieldStep(name), added);
  }
  if (decoded && !vacant) addNulls(map, value, children);
  return children.size === 0 ? leaf : { member: true, children };
}

/** What Go writes as null because nothing was said. */
function addNulls({ nulls = [] }: MapSchema, value: JsonObject, children: Map<Step, FieldSet>) {
  for (const name of nulls)
    if (!Object.hasOwn(value, name) || value[name] === undefined)
      children.set(fieldStep(name), leaf);
}

function addedList(
  list: ListSchema,
  value: readonly JsonValue[],
  decoded: boolean,
): FieldSet | undefined {
  if (list.relation === 'atomic' || value.length === 0) return leaf;
  const children = new Map<Step, FieldSet>();
  for (const item of value) {
    const step = itemStep(list, item);
    const added = step === undefined ? undefined : addedFields(list.items, item, decoded);
    if (step === undefined || added === undefined) return undefined;
    // Items of one step are told apart no further.
    children.set(step, children.has(step) ? leaf : added);
  }
  return { member: true, children };
}

import type { JsonValue } from '@keelson/api-machinery';
import { isEmptySet, type FieldSet } from './field-set.ts';
import { isJsonObject, setMember, type JsonObject } from './json-value.ts';
import { itemStep } from './list-items.ts';
import {
  formOf,
  memberSchema,
  untyped,
  type ListSchema,
  type MapSchema,
  type Schema,
} from './schema.ts';
import { fieldStep, type Step } from './step.ts';

/**
 * A value without the paths of a set. What loses all of its members becomes null; an atomic value goes as one.
 * Behaviour: structured-merge-diff typed RemoveItems.
 */
export function removeFields(value: JsonValue, removed: FieldSet, schema: Schema): JsonValue {
  const form = formOf(schema, value);
  if (form === 'map' && schema.map !== undefined)
    return isJsonObject(value) ? fromMap(schema.map, value, removed) : null;
  if (form === 'list' && schema.list !== undefined)
    return Array.isArray(value) ? fromList(schema.list, value, removed) : null;
  return value;
}

function fromMap(map: MapSchema, value: JsonObject, removed: FieldSet): JsonValue {
  if (map.atomic) return null;
  const left: JsonObject = {};
  for (const [name, member] of Object.entries(value)) {
    const found = removedAt(removed, fieldStep(name));
    if (found === 'whole') continue;
    setMember(
      left,
      name,
      found === undefined
        ? member
        : removeFields(member, found, memberSchema(map, name) ?? untyped),
    );
  }
  return Object.keys(left).length > 0 ? left : null;
}

function fromList(list: ListSchema, value: readonly JsonValue[], removed: FieldSet): JsonValue {
  if (list.relation === 'atomic') return null;
  const left: JsonValue[] = [];
  for (const item of value) {
    const step = itemStep(list, item);
    const found = step === undefined ? undefined : removedAt(removed, step);
    if (found === 'whole') continue;
    left.push(found === undefined ? item : removeFields(item, found, list.items));
  }
  return left.length > 0 ? left : null;
}

/** What is removed at a step: all of it, a part, or nothing. */
function removedAt({ children }: FieldSet, step: Step): FieldSet | 'whole' | undefined {
  const found = children.get(step);
  if (found === undefined || isEmptySet(found)) return undefined;
  return found.member ? 'whole' : found;
}

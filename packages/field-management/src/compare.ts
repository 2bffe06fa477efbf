import type { JsonValue } from '@keelson/api-machinery';
import { addedFields } from './added-fields.ts';
import type { FieldSet } from './field-set.ts';
import { isJsonObject, memberOf, sameFullLists, sameJson, type JsonObject } from './json-value.ts';
import { itemProblem, itemStep } from './list-items.ts';
import { namesAll } from './names-all.ts';
import { PathSet } from './path-set.ts';
import { isVacant, isZero, sameValue } from './same-value.ts';
import {
  type Field,
  formOf,
  type Form,
  type ListSchema,
  type MapSchema,
  type Schema,
} from './schema.ts';
import { fieldStep, pathText, type Step } from './step.ts';
import { TypedValueError, type Fault } from './typed-value-error.ts';
import { union } from './set-algebra.ts';

/** What differs between two values of a type. No path is in two of the sets. */
export interface Comparison {
  /** Paths that only the second value has. */
  readonly added: FieldSet;
  /** Paths that hold something else in the second value. */
  readonly modified: FieldSet;
  /** Paths that only the first value has. */
  readonly removed: FieldSet;
}

export interface CompareOptions {
  /** Whether the values are decoded objects: what Go would not write is not there, and what it always writes is. */
  readonly decoded?: boolean;
}

type Value = JsonValue | undefined;
/** Items of a list that have the same step. */
type Items = JsonValue[];
const none: Items = [];

/** Compares two values, list items by their keys. Throws TypedValueError. Behaviour: structured-merge-diff typed.Compare. */
export function compare(
  before: Value,
  after: Value,
  schema: Schema,
  { decoded = false }: CompareOptions = {},
): Comparison {
  const comparer = new Comparer(decoded);
  comparer.value(schema, before, after);
  if (comparer.faults.length > 0) throw new TypedValueError(comparer.faults);
  const { added, modified, removed } = comparer;
  return { added: added.root, modified: modified.root, removed: removed.root };
}

/** The paths that are new or hold something else. */
export const changedOf = ({ added, modified }: Comparison): FieldSet => union(added, modified);

class Comparer {
  readonly added = new PathSet();
  readonly modified = new PathSet();
  readonly removed = new PathSet();
  readonly faults: Fault[] = [];
  readonly #path: Step[] = [];
  readonly #decoded: boolean;

  constructor(decoded: boolean) {
    this.#decoded = decoded;
  }

  value(schema: Schema, before: Value, after: Value): void {
    if (before === after) return;
    const old = formOf(schema, before);
    const fresh = formOf(schema, after);
    const form = after === undefined ? old : fresh;
    // What changes its form is looked at in both.
    if (before !== undefined && after !== undefined && old !== fresh)
      this.#as(old, schema, before, after);
    if (this.#as(form, schema, before, after)) return;
    if (before === undefined) this.added.insert(this.#path);
    else if (after === undefined) this.removed.insert(this.#path);
  }

  /** Whether the value was compared as one. */
  #as(form: Form | undefined, schema: Schema, before: Value, after: Value): boolean {
    if (form === 'map' && schema.map !== undefined)
      return this.#map(schema, schema.map, before, after);
    if (form === 'list' && schema.list !== undefined)
      return this.#list(schema, schema.list, before, after);
    return this.#leaf(schema, before, after);
  }

  #leaf(schema: Schema, before: Value, after: Value): true {
    if (before === undefined) this.added.insert(this.#path);
    else if (after === undefined) this.removed.insert(this.#path);
    else if (!sameValue(schema, before, after, this.#decoded)) this.modified.insert(this.#path);
    return true;
  }

  #map(schema: Schema, map: MapSchema, before: Value, after: Value): boolean {
    const old = isJsonObject(before) ? before : undefined;
    const fresh = isJsonObject(after) ? after : undefined;
    // Two empty ones are a leaf, so that nothing and an empty map are not the same.
    if (map.atomic || (isVacant(old) && isVacant(fresh))) return this.#leaf(schema, before, after);
    for (const name in fresh) this.#member(map, name, old, fresh);
    for (const name in old)
      if (fresh === undefined || !Object.hasOwn(fresh, name)) this.#member(map, name, old, fresh);
    if (this.#decoded && (old === undefined) !== (fresh === undefined))
      for (const name of map.nulls ?? [])
        if (!Object.hasOwn(fresh ?? old ?? {}, name)) this.#member(map, name, old, fresh);
    return false;
  }

  #member(
    map: MapSchema,
    name: string,
    old: JsonObject | undefined,
    fresh: JsonObject | undefined,
  ): void {
    const field = map.fields.get(name);
    const before = this.#read(map, field, name, old);
    const after = this.#read(map, field, name, fresh);
    if (before === after) return;
    this.#descend(fieldStep(name), field?.schema ?? map.others, before, after);
  }

  #read(
    map: MapSchema,
    field: Field | undefined,
    name: string,
    object: JsonObject | undefined,
  ): Value {
    if (object === undefined) return undefined;
    const value = memberOf(object, name);
    if (!this.#decoded) return value;
    if (value === undefined) return map.nulls?.includes(name) ? null : undefined;
    return field?.omitsEmpty && isZero(value) ? undefined : value;
  }

  #descend(step: Step, schema: Schema | undefined, before: Value, after: Value): void {
    if (schema === undefined) return;
    if (before === undefined && this.#isAdded(step, schema, after)) return;
    this.#path.push(step);
    this.value(schema, before, after);
    this.#path.pop();
    const { length } = this.#path;
    this.added.leave(length);
    this.modified.leave(length);
    this.removed.leave(length);
  }

  /** Whether there is no more to say of a value that is new. */
  #isAdded(step: Step, schema: Schema, after: Value): boolean {
    const added = after === undefined ? undefined : addedFields(schema, after, this.#decoded);
    if (added === undefined) return false;
    this.added.insertAt(this.#path, this.#path.length, step, added);
    return true;
  }

  #list(schema: Schema, list: ListSchema, before: Value, after: Value): boolean {
    const old = Array.isArray(before) ? before : [];
    const fresh = Array.isArray(after) ? after : [];
    if (list.relation === 'atomic' || (old.length === 0 && fresh.length === 0))
      return this.#leaf(schema, before, after);
    if (this.#isSame(list, old, fresh)) return false;
    const olds = this.#bySteps(list, old);
    const freshes = this.#bySteps(list, fresh);
    freshes.forEach((items, step) => this.#items(list, step, olds.get(step) ?? none, items));
    olds.forEach((items, step) => {
      if (!freshes.has(step)) this.#items(list, step, items, none);
    });
    return false;
  }

  /** Whether nothing can be said of two lists. */
  #isSame(list: ListSchema, old: JsonValue[], fresh: JsonValue[]): boolean {
    return this.#decoded ? namesAll(list) && sameFullLists(old, fresh) : sameJson(old, fresh);
  }

  /** Items of one step: more than one are told apart no further. */
  #items(list: ListSchema, step: Step, old: Items, fresh: Items): void {
    const wasOne = old.length <= 1;
    const isOne = fresh.length <= 1;
    if (wasOne && isOne) return this.#descend(step, list.items, old[0], fresh[0]);
    const path = [...this.#path, step];
    if (wasOne) {
      if (old.length > 0) this.#descend(step, list.items, old[0], undefined);
      this.added.insert(path);
    } else if (isOne) {
      if (fresh.length > 0) this.#descend(step, list.items, undefined, fresh[0]);
      this.removed.insert(path);
    } else if (!sameValue({ list }, old, fresh, this.#decoded)) this.modified.insert(path);
  }

  #bySteps(list: ListSchema, items: readonly JsonValue[]): Map<Step, JsonValue[]> {
    const found = new Map<Step, JsonValue[]>();
    items.forEach((item, index) => {
      const step = itemStep(list, item);
      if (step === undefined) {
        const message = `element ${index}: ${itemProblem(list, item)}`;
        this.faults.push({ path: pathText(this.#path), message });
        return;
      }
      const same = found.get(step);
      if (same === undefined) found.set(step, [item]);
      else same.push(item);
    });
    return found;
  }
}

import type { JsonValue } from '@keelson/api-machinery';
import { fieldSetBuilder, insert, type FieldSet } from './field-set.ts';
import { isJsonObject } from './json-value.ts';
import { itemStep } from './list-items.ts';
import { formOf, memberSchema, type ListSchema, type MapSchema, type Schema } from './schema.ts';
import { fieldStep, type Step } from './step.ts';

/**
 * The paths that a value says something of: its leaves, its items, its maps' members. An item that cannot have a name is there under none.
 * Behaviour: structured-merge-diff typed ToFieldSet.
 */
export function ownedFields(value: JsonValue, schema: Schema): FieldSet {
  const owned = new OwnedFields();
  owned.value(schema, value);
  return owned.set;
}

/** The step of what a removal has left empty: it says that the list is not. */
const nameless: Step = '';

class OwnedFields {
  readonly set = fieldSetBuilder();
  readonly #path: Step[] = [];

  value(schema: Schema, value: JsonValue): void {
    const form = formOf(schema, value);
    if (form === 'map' && schema.map !== undefined) this.#map(schema.map, value);
    else if (form === 'list' && schema.list !== undefined) this.#list(schema.list, value);
    else insert(this.set, this.#path);
  }

  #map(map: MapSchema, value: JsonValue): void {
    if (map.atomic) return insert(this.set, this.#path);
    if (!isJsonObject(value)) return;
    for (const [name, member] of Object.entries(value)) {
      // A map's keys are its own; of a struct's fields only their content, unless there is none.
      const own = !map.fields.has(name) || member === null || isEmptyMap(member);
      this.#descend(fieldStep(name), memberSchema(map, name), member, own);
    }
  }

  #list(list: ListSchema, value: JsonValue): void {
    if (list.relation === 'atomic') return insert(this.set, this.#path);
    if (!Array.isArray(value)) return;
    const steps = value.map((item) => itemStep(list, item) ?? nameless);
    const repeated = new Set(steps.filter((step, index) => steps.indexOf(step) !== index));
    for (const [index, item] of value.entries()) {
      const step = steps[index] ?? nameless;
      if (repeated.has(step)) insert(this.set, [...this.#path, step]);
      else this.#descend(step, list.items, item, true);
    }
  }

  #descend(step: Step, schema: Schema | undefined, value: JsonValue, own: boolean): void {
    this.#path.push(step);
    if (schema !== undefined) this.value(schema, value);
    if (own) insert(this.set, this.#path);
    this.#path.pop();
  }
}

const isEmptyMap = (value: JsonValue): boolean =>
  isJsonObject(value) && Object.keys(value).length === 0;

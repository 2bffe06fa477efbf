import type { JsonValue } from '@keelson/api-machinery';
import type { FieldSet } from './field-set.ts';
import { isJsonObject } from './json-value.ts';
import { itemStep } from './list-items.ts';
import { PathSet } from './path-set.ts';
import { formOf, memberSchema, type ListSchema, type MapSchema, type Schema } from './schema.ts';
import { fieldStep, type Step } from './step.ts';

/**
 * The paths that a value says something of: its leaves, its items, its maps' members. An item that cannot have a name is there under none.
 * Behaviour: structured-merge-diff typed ToFieldSet.
 */
export function ownedFields(value: JsonValue, schema: Schema): FieldSet {
  const owned = new OwnedFields();
  owned.value(schema, value);
  return owned.set.root;
}

/** The step of what a removal has left empty: it says that the list is not. */
const nameless: Step = '';

class OwnedFields {
  readonly set = new PathSet();
  readonly #path: Step[] = [];

  value(schema: Schema, value: JsonValue): void {
    const form = formOf(schema, value);
    if (form === 'map' && schema.map !== undefined) this.#map(schema.map, value);
    else if (form === 'list' && schema.list !== undefined) this.#list(schema.list, value);
    else this.set.insert(this.#path);
  }

  #map(map: MapSchema, value: JsonValue): void {
    if (map.atomic) return this.set.insert(this.#path);
    if (!isJsonObject(value)) return;
    for (const [name, member] of Object.entries(value)) {
      // A map's keys are its own; of a struct's fields only their content, unless there is none.
      const own = !map.fields.has(name) || member === null || isEmptyMap(member);
      this.#descend(fieldStep(name), memberSchema(map, name), member, own);
    }
  }

  #list(list: ListSchema, value: JsonValue): void {
    if (list.relation === 'atomic') return this.set.insert(this.#path);
    if (!Array.isArray(value)) return;
    const steps = value.map((item) => itemStep(list, item) ?? nameless);
    const repeated = repeatedIn(steps);
    for (const [index, item] of value.entries()) {
      const step = steps[index] ?? nameless;
      if (repeated.has(step)) this.set.insert([...this.#path, step]);
      else this.#descend(step, list.items, item, true);
    }
  }

  #descend(step: Step, schema: Schema | undefined, value: JsonValue, own: boolean): void {
    this.#path.push(step);
    if (schema !== undefined) this.value(schema, value);
    if (own) this.set.insert(this.#path);
    this.#path.pop();
    this.set.leave(this.#path.length);
  }
}

function repeatedIn(steps: readonly Step[]): ReadonlySet<Step> {
  const [seen, repeated] = [new Set<Step>(), new Set<Step>()];
  for (const step of steps) (seen.has(step) ? repeated : seen).add(step);
  return repeated;
}

const isEmptyMap = (value: JsonValue): boolean =>
  isJsonObject(value) && Object.keys(value).length === 0;

import type { JsonValue } from '@keelson/api-machinery';
import { isJsonObject, memberOf, type JsonObject } from './json-value.ts';
import type { ListSchema } from './schema.ts';
import { keyStep, valueStep, type Step } from './step.ts';
import { TypedValueError } from './typed-value-error.ts';

/** The step of an item in a list that is not atomic; undefined for one that cannot have any. */
export function itemStep(list: ListSchema, item: JsonValue): Step | undefined {
  if (list.relation === 'set' || list.keys.length === 0)
    return typeof item === 'object' ? undefined : valueStep(item);
  if (!isJsonObject(item)) return undefined;
  const [only] = list.keys;
  if (only !== undefined && list.keys.length === 1) {
    const value = keyOf(list, item, only);
    return value === undefined ? undefined : keyStep([[only, value]]);
  }
  const keys: (readonly [string, JsonValue])[] = [];
  for (const name of list.keys) {
    const value = keyOf(list, item, name);
    if (value !== undefined) keys.push([name, value]);
  }
  return keys.length === 0 ? undefined : keyStep(keys);
}

/** As `itemStep`. Throws TypedValueError. */
export function knownItemStep(list: ListSchema, item: JsonValue, index: number): Step {
  const step = itemStep(list, item);
  if (step !== undefined) return step;
  throw new TypedValueError([
    { path: '', message: `element ${index}: ${itemProblem(list, item)}` },
  ]);
}

/** A key that an item leaves out has its default; one that is null is null. */
function keyOf(list: ListSchema, item: JsonObject, name: string): JsonValue | undefined {
  const value = memberOf(item, name);
  return value === undefined ? list.items.map?.fields.get(name)?.default : value;
}

/** Why an item has no step. Behaviour: structured-merge-diff typed listItemToPathElement. */
export function itemProblem({ keys }: ListSchema, item: JsonValue): string {
  if (keys.length > 0) {
    if (item === null) return 'associative list with keys may not have a null element';
    if (!isJsonObject(item)) return 'associative list with keys may not have non-map elements';
    const names = keys.map((key) => JSON.stringify(key)).join(' ');
    return `associative list with keys has an element that omits all key fields [${names}] (and doesn't have default values for any key fields)`;
  }
  if (item === null) return "associative list without keys has an element that's an explicit null";
  return Array.isArray(item)
    ? 'not supported: associative list with lists as elements'
    : "associative list without keys has an element that's a map type";
}

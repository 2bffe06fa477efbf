import { goQuote, type JsonValue } from '@keelson/api-machinery';
import { goText, goTypeOf } from './go-text.ts';
import { isJsonObject, type JsonObject } from './json-value.ts';
import { itemProblem, itemStep } from './list-items.ts';
import {
  formOf,
  memberSchema,
  type ListSchema,
  type MapSchema,
  type ScalarKind,
  type Schema,
} from './schema.ts';
import { fieldStep, indexStep, stepText, type Step } from './step.ts';
import { TypedValueError, type Fault } from './typed-value-error.ts';

export interface ValidateOptions {
  /** Whether items of one name may be there more than once. */
  readonly duplicates?: boolean;
}

/**
 * Throws TypedValueError with all that keeps a value from being of a type, items of one name twice among it.
 * Behaviour: structured-merge-diff typed.Validate.
 */
export function validate(
  value: JsonValue,
  schema: Schema,
  { duplicates = false }: ValidateOptions = {},
): void {
  const faults = faultsOf(schema, value, duplicates);
  if (faults.length > 0) throw new TypedValueError(faults);
}

function faultsOf(schema: Schema, value: JsonValue, duplicates: boolean): Fault[] {
  const form = formOf(schema, value);
  if (form === undefined) return [{ path: '', message: 'schema error: invalid atom: inlined' }];
  if (value === null) return [];
  if (form === 'map' && schema.map !== undefined)
    return isJsonObject(value)
      ? faultsOfMap(schema.map, value, duplicates)
      : [{ path: '', message: `expected map, got &{${goText(value)}}` }];
  if (form === 'list' && schema.list !== undefined)
    return Array.isArray(value)
      ? faultsOfList(schema.list, value, duplicates)
      : [{ path: '', message: `expected list, got &{${goText(value)}}` }];
  const message = schema.scalar && scalarProblem(schema.scalar, value);
  return message === undefined ? [] : [{ path: '', message }];
}

function faultsOfMap(map: MapSchema, value: JsonObject, duplicates: boolean): Fault[] {
  const faults: Fault[] = [];
  for (const [name, member] of Object.entries(value)) {
    const schema = memberSchema(map, name);
    const step = fieldStep(name);
    if (schema === undefined) {
      faults.push({ path: stepText(step), message: 'field not declared in schema' });
      break;
    }
    faults.push(...below(step, faultsOf(schema, member, duplicates)));
  }
  return faults;
}

function faultsOfList(list: ListSchema, value: readonly JsonValue[], duplicates: boolean): Fault[] {
  const faults: Fault[] = [];
  const seen = new Set<Step>();
  for (const [index, item] of value.entries()) {
    const step = list.relation === 'atomic' ? indexStep(index) : itemStep(list, item);
    if (step === undefined) {
      faults.push({ path: '', message: `element ${index}: ${itemProblem(list, item)}` });
      break;
    }
    if (seen.has(step) && !duplicates)
      faults.push({ path: '', message: `duplicate entries for key ${stepText(step)}` });
    seen.add(step);
    faults.push(...below(step, faultsOf(list.items, item, duplicates)));
  }
  return faults;
}

const below = (step: Step, faults: readonly Fault[]): Fault[] =>
  faults.map(({ path, message }) => ({ path: `${stepText(step)}${path}`, message }));

function scalarProblem(kind: ScalarKind, value: JsonValue): string | undefined {
  const type = typeof value;
  switch (kind) {
    case 'number':
      return type === 'number' || type === 'bigint'
        ? undefined
        : `expected numeric (int or float), got ${goTypeOf(value)}`;
    case 'string':
      return type === 'string'
        ? undefined
        : `expected string, got &value.valueUnstructured{Value:${goSyntax(value)}}`;
    case 'boolean':
      return type === 'boolean' ? undefined : `expected boolean, got &{${goText(value)}}`;
    case 'any':
      return type !== 'object' ? undefined : `expected any scalar, got &{${goText(value)}}`;
  }
}

/** A value as Go source, as `%#v` prints it. */
function goSyntax(value: JsonValue): string {
  if (typeof value === 'string') return goQuote(value);
  if (value === null) return 'interface {}(nil)';
  if (Array.isArray(value)) return `[]interface {}{${value.map(goSyntax).join(', ')}}`;
  if (typeof value !== 'object') return goText(value);
  const members = Object.keys(value)
    .sort()
    .map((name) => `${goQuote(name)}:${goSyntax(value[name] ?? null)}`);
  return `map[string]interface {}{${members.join(', ')}}`;
}

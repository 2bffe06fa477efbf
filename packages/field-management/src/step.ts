import { goQuote, parseWithBigints, type Int64, type JsonValue } from '@keelson/api-machinery';
import { compareText, goJson } from './go-json.ts';

/**
 * One step of a path, in the encoding of `metadata.managedFields`: `f:name` is a field or a key of a map, `k:{"name":"c"}` the
 * item of a list that its keys name, `v:"x"` a member of a set, `i:0` a position. Two steps are the same when their texts are.
 */
export type Step = string;
export type Path = readonly Step[];

const knownLimit = 4096;
const longestKnown = 256;
const knownFields = new Map<string, Step>();
const known = new Map<string, Step>();

/** Fields come again and again, and a text that is there already need not be hashed anew. */
export function fieldStep(name: string): Step {
  const found = knownFields.get(name);
  if (found !== undefined) return found;
  const step = `f:${name}`;
  if (knownFields.size >= knownLimit) knownFields.clear();
  if (name.length <= longestKnown) knownFields.set(name, step);
  return step;
}

export const valueStep = (value: JsonValue): Step => `v:${goJson(value)}`;
export const indexStep = (index: number): Step => `i:${index}`;

/** The step of an item by its keys' values, in whatever order they are given. */
export function keyStep(keys: readonly (readonly [name: string, value: JsonValue])[]): Step {
  const sorted = keys.length < 2 ? keys : [...keys].sort((a, b) => compareText(a[0], b[0]));
  let step = 'k:{';
  for (const key of sorted)
    step += `${step.length > 3 ? ',' : ''}${goJson(key[0])}:${goJson(key[1])}`;
  return `${step}}`;
}

/**
 * A step in the form in which it is compared; undefined for what is none, null for a kind of step that a later version may
 * know. Behaviour: structured-merge-diff fieldpath.DeserializePathElement.
 */
export function readStep(text: string): Step | null | undefined {
  if (text.charAt(1) !== ':') return undefined;
  switch (text.charAt(0)) {
    case 'f':
      return text;
    case 'k':
      return canonical(text, (content) => {
        if (typeof content !== 'object' || content === null || Array.isArray(content))
          return undefined;
        return keyStep(Object.entries(content));
      });
    case 'v':
      return canonical(text, valueStep);
    case 'i':
      return /^i:[+-]?\d+$/.test(text) ? indexStep(Number(text.slice(2))) : undefined;
    default:
      return null;
  }
}

/** Steps with values in them come again and again. */
function canonical(text: string, make: (content: JsonValue) => Step | undefined): Step | undefined {
  const found = known.get(text);
  if (found !== undefined) return found;
  const content = parsed(text);
  const step = content === undefined ? undefined : make(content);
  if (step === undefined) return undefined;
  if (text.length > longestKnown) return step;
  if (known.size >= knownLimit) known.clear();
  known.set(text, step);
  return step;
}

function parsed(text: string): JsonValue | undefined {
  try {
    return exactly(text.slice(2));
  } catch {
    return undefined;
  }
}

const kinds = 'fkvi';

/** The order in which Kubernetes writes steps. */
export function compareSteps(a: Step, b: Step): number {
  if (a === b) return 0;
  const [x, y] = [kinds.indexOf(a.charAt(0)), kinds.indexOf(b.charAt(0))];
  if (x !== y) return x - y;
  if (x === 0) return compareText(a, b);
  if (x === 3) return Number(a.slice(2)) - Number(b.slice(2));
  return x === 1
    ? compareKeys(contentOf(a), contentOf(b))
    : compareValues(contentOf(a), contentOf(b));
}

const contentOf = (step: Step): JsonValue => exactly(step.slice(2));

const exactly = (text: string): JsonValue =>
  /\d{16}/.test(text) ? parseWithBigints(text) : JSON.parse(text);

function compareKeys(a: JsonValue, b: JsonValue): number {
  const [one, other] = [Object.entries(a ?? {}), Object.entries(b ?? {})];
  for (const [index, [name, value]] of one.entries()) {
    const opposite = other[index];
    if (opposite === undefined) return 1;
    const order = compareText(name, opposite[0]) || compareValues(value, opposite[1]);
    if (order !== 0) return order;
  }
  return one.length - other.length;
}

/** Numbers before texts before booleans. Behaviour: structured-merge-diff value.Compare. */
function compareValues(a: JsonValue, b: JsonValue): number {
  const [x, y] = [rankOf(a), rankOf(b)];
  if (x !== y) return x - y;
  if (isNumber(a) && isNumber(b)) return a < b ? -1 : a > b ? 1 : 0;
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b);
  return compareText(goJson(a), goJson(b));
}

const isNumber = (value: JsonValue): value is Int64 =>
  typeof value === 'number' || typeof value === 'bigint';

function rankOf(value: JsonValue): number {
  if (isNumber(value)) return 0;
  const types = ['number', 'string', 'boolean'];
  const rank = types.indexOf(typeof value);
  if (rank !== -1) return rank;
  return value === null ? 5 : Array.isArray(value) ? 3 : 4;
}

/** A path as messages show it: `.spec.containers[name="c"].image`. */
export function pathText(path: Path): string {
  return path.map(stepText).join('');
}

/** A step as messages show it: `.spec`, `[name="c"]`, `[="x"]`, `[0]`. */
export function stepText(step: Step): string {
  const content = step.slice(2);
  switch (step.charAt(0)) {
    case 'f':
      return `.${content}`;
    case 'k':
      return `[${Object.entries(Object(contentOf(step)))
        .map(([name, value]) => `${name}=${valueText(value as JsonValue)}`)
        .join(',')}]`;
    case 'v':
      return `[=${valueText(contentOf(step))}]`;
    default:
      return `[${content}]`;
  }
}

function valueText(value: JsonValue): string {
  if (typeof value === 'string') return goQuote(value);
  if (Array.isArray(value)) return `[${value.map(valueText).join(',')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .map(([name, member]) => `${name}=${valueText(member)}`)
    .join('');
}

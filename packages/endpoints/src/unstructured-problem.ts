import type { JsonValue } from '@keelson/api-machinery';
import { schemaOf, type FieldType, type ScalarType } from '@keelson/kubernetes-api';
import { textProblem } from '@keelson/serialization';

/**
 * Why a value is none of a type, in the words that upstream has for what a strategic merge patch made: it never was JSON there.
 * The first fault in the order of its fields; undefined for what only JSON's decoders know. Behaviour: k8s.io/apimachinery runtime fromUnstructured, v1.37.
 */
export function unstructuredProblem(
  value: JsonValue | undefined,
  type: FieldType,
  go?: string,
): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof type === 'string') return scalarProblem(value, type, go);
  if ('list' in type) return listProblem(value, type.list, go);
  if ('map' in type) return mapProblem(value, type.map, go);
  return structProblem(value, type.ref);
}

/** The same, `why` being what its decoders say themselves. */
export const unstructuredWords = (value: JsonValue, type: FieldType, why: string): string =>
  unstructuredProblem(value, type) ??
  why.replace(/Go struct field \S+ of type/, 'Go value of type');

const kinds: Readonly<Record<string, string>> = {
  string: 'string',
  int32: 'int32',
  int64: 'int64',
  double: 'float64',
  boolean: 'bool',
};

function scalarProblem(
  value: JsonValue & {},
  type: ScalarType,
  go: string | undefined,
): string | undefined {
  if (type === 'bytes') return bytesProblem(value);
  if (type === 'time' || type === 'microtime') return timeProblem(value, type);
  if (type === 'quantity' && typeof value === 'string') return textProblem(type, value);
  if (type === 'intorstring') return numberProblem(value);
  const kind = kinds[type];
  const given = kindOf(value);
  if (kind === undefined || given === kind) return undefined;
  if (given === 'int64' && kind !== 'bool' && kind !== 'string') return undefined;
  if (given === 'int64' && kind === 'string') return `cannot convert int64 to ${go ?? kind}`;
  if (given === 'float64' && kind.startsWith('int'))
    return `cannot convert float64 to ${go ?? kind}`;
  return `unrecognized type: ${kind}`;
}

/** Bytes may be a list of numbers, too. */
function bytesProblem(value: JsonValue & {}): string | undefined {
  if (typeof value === 'string') {
    const problem = textProblem('bytes', value);
    return problem === undefined ? undefined : `error decoding from json: ${problem}`;
  }
  if (!Array.isArray(value)) return `cannot restore slice from ${kindOf(value)}`;
  return first(value, (item) => {
    const given = item === null ? 'int64' : kindOf(item);
    if (given === 'int64') return undefined;
    return given === 'float64' ? 'cannot convert float64 to uint8' : 'unrecognized type: uint8';
  });
}

/** Times are decoded on their own. */
const timeProblem = (value: JsonValue & {}, type: 'time' | 'microtime'): string | undefined =>
  typeof value === 'string'
    ? textProblem(type, value)
    : `json: cannot unmarshal ${jsonKind(value)} into Go value of type string`;

/** So is what is a number or a text. */
function numberProblem(value: JsonValue & {}): string | undefined {
  if (typeof value === 'string' || kindOf(value) === 'int64') return undefined;
  const given = typeof value === 'number' ? `number ${value}` : jsonKind(value);
  return `json: cannot unmarshal ${given} into Go value of type int32`;
}

const jsonKind = (value: JsonValue & {}): string =>
  Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;

function listProblem(
  value: JsonValue & {},
  item: FieldType,
  go: string | undefined,
): string | undefined {
  if (!Array.isArray(value)) return `cannot restore slice from ${kindOf(value)}`;
  const own = go?.startsWith('[]') === true ? go.slice(2) : undefined;
  return first(value, (one) => unstructuredProblem(one, item, own));
}

function mapProblem(
  value: JsonValue & {},
  item: FieldType,
  go: string | undefined,
): string | undefined {
  if (typeof value !== 'object' || Array.isArray(value))
    return `cannot restore map from ${kindOf(value)}`;
  const own = go?.startsWith('map[string]') === true ? go.slice('map[string]'.length) : undefined;
  return first(Object.values(value), (one) => unstructuredProblem(one, item, own));
}

function structProblem(value: JsonValue & {}, ref: string): string | undefined {
  if (typeof value !== 'object' || Array.isArray(value))
    return `cannot restore struct from: ${kindOf(value)}`;
  return first(schemaOf(ref).fields, ({ name, type, go }) =>
    Object.hasOwn(value, name) ? unstructuredProblem(value[name], type, go) : undefined,
  );
}

function first<A, B>(items: readonly A[], find: (item: A) => B | undefined): B | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Go's kind of what a JSON value is decoded to. */
function kindOf(value: JsonValue & {}): string {
  if (Array.isArray(value)) return 'slice';
  if (typeof value === 'object') return 'map';
  if (typeof value === 'bigint') return 'int64';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64';
  return typeof value === 'boolean' ? 'bool' : 'string';
}

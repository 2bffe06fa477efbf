import {
  badRequestError,
  groupVersionText,
  parseGroupVersion,
  type GroupVersionKind,
  type JsonValue,
  type KubernetesObject,
  type StatusError,
} from '@keelson/api-machinery';
import { kindSchema, type TypeSchema } from '@keelson/kubernetes-api';
import { DecodeError, DecodeState } from './decode-state.ts';
import { readerOf } from './json-reader.ts';
import { jsonSyntaxProblem } from './json-syntax.ts';
import { maxDepth, scanKeys } from './scan-keys.ts';
import { strictProblems } from './strict-problems.ts';

/** What a body became. */
export interface Decoded<T> {
  readonly object: T;
  /** Unknown and duplicate fields, in upstream's words: `unknown field "spec.x"`. */
  readonly problems: readonly string[];
}

const utf8 = new TextDecoder();

/**
 * Decodes the JSON of an object that should be of a kind; a body without kind and apiVersion is taken to be of it. Throws 400.
 * Behaviour: k8s.io/apimachinery runtime/serializer/json and apiserver's create handler, v1.37.
 */
export function decodeJson<T extends KubernetesObject>(
  bytes: Uint8Array,
  schema: TypeSchema,
  kind: GroupVersionKind,
  alsoAccepts: readonly GroupVersionKind[] = [],
): Decoded<T> {
  const text = utf8.decode(bytes);
  const value = parse(text, bytes, kind);
  const { keys, depth } = scanKeys(bytes);
  if (depth > maxDepth) throw badRequestError('exceeded max depth');
  checkKind(value, kind, bytes, alsoAccepts);
  const decoded = decodeValue<T>(value, schema, kind);
  // Fewer keys than the text has: some are there twice, or something without a schema was not counted.
  const problems = decoded.unknown || decoded.keys !== keys ? strictProblems(text, schema) : [];
  return { object: decoded.object, problems };
}

function parse(text: string, bytes: Uint8Array, kind: GroupVersionKind): JsonValue {
  try {
    return JSON.parse(text);
  } catch {
    // V8's words are not Go's: the text is looked at again.
    throw unrecognized(kind, jsonSyntaxProblem(text), bytes);
  }
}

/** Parses JSON, or throws 400 in Go's words. */
export function parseJson(text: string): JsonValue {
  try {
    return JSON.parse(text);
  } catch {
    throw badRequestError(jsonSyntaxProblem(text));
  }
}

/** How much of a body an error repeats. */
const summaryLength = 30;

/** 400 for a body that does not even say what it is. Behaviour: apiserver handlers transformDecodeError, summarizeData. */
function unrecognized(kind: GroupVersionKind, why: string, bytes: Uint8Array): StatusError {
  const start = Buffer.from(bytes.subarray(0, summaryLength));
  const shown =
    bytes.length === 0
      ? '<empty>'
      : start.toString(bytes[0] === 0x7b ? 'utf8' : 'hex') +
        (bytes.length > summaryLength ? ' ...' : '');
  return badRequestError(
    `the object provided is unrecognized (must be of type ${kind.kind}): couldn't get version/kind; json parse error: ${why} (${shown})`,
  );
}

/** Decodes a parsed value as a kind: what came as YAML, or what a patch made. Throws 400. */
export function decodeValue<T extends KubernetesObject>(
  value: unknown,
  schema: TypeSchema,
  kind: GroupVersionKind,
): { readonly object: T; readonly unknown: boolean; readonly keys: number } {
  const state = new DecodeState();
  try {
    // The reader makes what its schema says, and T is that schema's type.
    const object = readerOf(schema)(value ?? {}, state) as T;
    object.kind = kind.kind;
    object.apiVersion = groupVersionText(kind);
    return { object, unknown: state.unknown, keys: state.keys };
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    throw cannotBeHandled(kind, kind, error.message);
  }
}

const wordOf = (value: unknown): string =>
  Array.isArray(value)
    ? 'array'
    : value === null
      ? 'null'
      : typeof value === 'boolean'
        ? 'bool'
        : typeof value;

/** 400 for a body of kind `given` where one of kind `wanted` should be. */
export function cannotBeHandled(
  given: GroupVersionKind,
  wanted: GroupVersionKind,
  why: string,
): StatusError {
  return badRequestError(
    `${given.kind} in version ${JSON.stringify(given.version)} cannot be handled as a ${wanted.kind}: ${why}`,
  );
}

const kindStruct = String.raw`struct { APIVersion string "json:\"apiVersion,omitempty\""; Kind string "json:\"kind,omitempty\"" }`;

/** Throws 400 unless the value is an object that says that it is of the kind (or one of `alsoAccepts`), or does not say what it is. */
export function checkKind(
  value: unknown,
  expected: GroupVersionKind,
  bytes: Uint8Array,
  alsoAccepts: readonly GroupVersionKind[] = [],
): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    if (value === null) return;
    throw unrecognized(
      expected,
      `json: cannot unmarshal ${wordOf(value)} into Go value of type ${kindStruct}`,
      bytes,
    );
  }
  const kind = textOf(value, 'kind', expected, bytes) || expected.kind;
  const apiVersion = textOf(value, 'apiVersion', expected, bytes) || groupVersionText(expected);
  const isOf = (accepted: GroupVersionKind): boolean =>
    kind === accepted.kind && apiVersion === groupVersionText(accepted);
  if (isOf(expected) || alsoAccepts.some(isOf)) return;
  const given = { ...(parseGroupVersion(apiVersion) ?? { group: '', version: apiVersion }), kind };
  const schema = kindSchema(given);
  if (schema === undefined) {
    throw cannotBeHandled(
      given,
      expected,
      `no kind ${JSON.stringify(kind)} is registered for version ${JSON.stringify(apiVersion)} in scheme "pkg/runtime/scheme.go:111"`,
    );
  }
  decodedAs(value, schema, given, expected);
  const internal = expected.group === '' ? 'core' : (expected.group.split('.')[0] ?? '');
  throw cannotBeHandled(
    given,
    expected,
    `converting (${given.version}.${kind}) to (${internal}.${expected.kind}): unknown conversion`,
  );
}

/** What is wrong with an object of another kind is said before that it is of another kind. */
function decodedAs(
  value: object,
  schema: TypeSchema,
  given: GroupVersionKind,
  expected: GroupVersionKind,
): void {
  try {
    readerOf(schema)(value, new DecodeState());
  } catch (error) {
    if (error instanceof DecodeError) throw cannotBeHandled(given, expected, error.message);
    throw error;
  }
}

function textOf(
  value: object,
  field: string,
  expected: GroupVersionKind,
  bytes: Uint8Array,
): string {
  const found: unknown = Object.hasOwn(value, field) ? Reflect.get(value, field) : undefined;
  if (found === undefined || found === null) return '';
  if (typeof found === 'string') return found;
  throw unrecognized(
    expected,
    `json: cannot unmarshal ${wordOf(found)} into Go struct field .${field} of type string`,
    bytes,
  );
}

/** A value that code made, as if it had been decoded: in Go's order, with the fields that Go always writes. Throws DecodeError. */
export function normalize(value: unknown, schema: TypeSchema): unknown {
  return readerOf(schema)(value ?? {}, new DecodeState());
}

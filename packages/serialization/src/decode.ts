import { badRequestError, groupVersionText, type GroupVersionKind, type JsonValue, type KubernetesObject } from '@keelson/api-machinery';
import type { TypeSchema } from '@keelson/kubernetes-api';
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
export function decodeJson<T extends KubernetesObject>(bytes: Uint8Array, schema: TypeSchema, kind: GroupVersionKind): Decoded<T> {
  const text = utf8.decode(bytes);
  const value = parseJson(text);
  const { keys, depth } = scanKeys(bytes);
  if (depth > maxDepth) throw badRequestError('exceeded max depth');
  const decoded = decodeValue<T>(value, schema, kind);
  // Fewer keys than the text has: some are there twice, or something without a schema was not counted.
  const problems = decoded.unknown || decoded.keys !== keys ? strictProblems(text, schema) : [];
  return { object: decoded.object, problems };
}

/** Parses JSON, or throws 400 in Go's words. */
export function parseJson(text: string): JsonValue {
  try {
    return JSON.parse(text);
  } catch {
    // V8's words are not Go's: the text is looked at again.
    throw badRequestError(`couldn't get version/kind; json parse error: ${jsonSyntaxProblem(text)}`);
  }
}

/** Decodes a parsed value: what came as YAML, or what a patch made. Throws 400. */
export function decodeValue<T extends KubernetesObject>(
  value: unknown,
  schema: TypeSchema,
  kind: GroupVersionKind,
): { readonly object: T; readonly unknown: boolean; readonly keys: number } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw badRequestError(`couldn't get version/kind; json parse error: json: cannot unmarshal ${wordOf(value)} into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }`);
  }
  checkKind(value, kind);
  const state = new DecodeState();
  try {
    // The reader makes what its schema says, and T is that schema's type.
    const object = readerOf(schema)(value, state) as T;
    object.kind = kind.kind;
    object.apiVersion = groupVersionText(kind);
    return { object, unknown: state.unknown, keys: state.keys };
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    throw cannotBeHandled(kind, error.message);
  }
}

const wordOf = (value: unknown): string => (Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value === 'boolean' ? 'bool' : typeof value);

/** 400 for a body that is no object of the kind that it should be. */
export function cannotBeHandled(kind: GroupVersionKind, why: string) {
  return badRequestError(`${kind.kind} in version ${JSON.stringify(groupVersionText(kind))} cannot be handled as a ${kind.kind}: ${why}`);
}

function checkKind(value: object, expected: GroupVersionKind): void {
  const kind = textOf(value, 'kind') || expected.kind;
  const apiVersion = textOf(value, 'apiVersion') || groupVersionText(expected);
  if (kind === expected.kind && apiVersion === groupVersionText(expected)) return;
  throw badRequestError(
    kind === expected.kind || apiVersion !== groupVersionText(expected)
      ? `the API version in the data (${apiVersion}) does not match the expected API version (${groupVersionText(expected)})`
      : `${kind} in version ${JSON.stringify(apiVersion)} cannot be handled as a ${expected.kind}: converting (${kind}) to (${expected.kind}): unknown conversion`,
  );
}

function textOf(value: object, field: string): string {
  const found: unknown = Object.hasOwn(value, field) ? Reflect.get(value, field) : undefined;
  if (found === undefined || found === null) return '';
  if (typeof found === 'string') return found;
  throw badRequestError(
    `couldn't get version/kind; json parse error: json: cannot unmarshal ${wordOf(found)} into Go struct field .${field} of type string`,
  );
}

/** A value that code made, as if it had been decoded: in Go's order, with the fields that Go always writes. Throws DecodeError. */
export function normalize(value: unknown, schema: TypeSchema): unknown {
  return readerOf(schema)(value, new DecodeState());
}

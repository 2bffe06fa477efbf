import { bytesOf } from './bytes.ts';
import {
  badRequestError,
  groupVersionText,
  isRawNumber,
  jsonText,
  parseWithRawNumbers,
  type GroupVersionKind,
  type JsonValue,
  type KubernetesObject,
} from '@keelson/api-machinery';
import type { TypeSchema } from '@keelson/kubernetes-api';
import { decodeCarefully } from './careful/careful-decoder.ts';
import { DecodeError } from './decode-error.ts';
import { readerOf } from './json-reader.ts';
import { jsonSyntaxProblem } from './json-syntax.ts';
import { irregular, newState } from './reader.ts';
import {
  cannotBeHandled,
  recognize,
  unknownKind,
  unreadable,
  unrecognized,
  wrongKind,
  type Expected,
  type Recognized,
} from './recognize.ts';
import { parseRaw } from './parse-raw.ts';
import { scanJson, type JsonScan } from './scan-json.ts';
import { goText } from './utf8.ts';
import { withoutLoneSurrogates } from './surrogates.ts';

/** What a body became. */
export interface Decoded<T> {
  readonly object: T;
  /** Unknown and duplicate fields, in upstream's words: `unknown field "spec.x"`. */
  readonly problems: readonly string[];
}

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
  return decodeDocument(documentOf(bytes, kind), { schema, kind, alsoAccepts }, bytes);
}

/** A JSON text, parsed and looked through. */
export interface Document {
  readonly text: string;
  readonly value: JsonValue;
  /** Undefined when the text was made from the value: then it has nothing that the value has not. */
  readonly scan?: Pick<JsonScan, 'keys' | 'oddNumbers'>;
  /** What was found to be unknown when the value is already what decoding makes of it. */
  readonly decoded?: Decoded<unknown>['problems'];
}

function documentOf(bytes: Uint8Array, kind: GroupVersionKind): Document {
  // A byte order mark stays: it is no JSON.
  const text = goText(bytes);
  let value: JsonValue;
  try {
    value = JSON.parse(text);
  } catch {
    // V8's words are not Go's: the text is looked at again.
    throw unreadable(kind, jsonSyntaxProblem(bytes), bytes);
  }
  const scan = scanJson(bytes);
  if (scan.tooDeep !== undefined)
    throw unreadable(kind, `invalid character '${scan.tooDeep}' exceeded max depth`, bytes);
  if (!scan.surrogates) return { text, value, scan };
  const repaired = withoutLoneSurrogates(text);
  return { text: repaired, value: JSON.parse(repaired), scan };
}

/** Decodes a document whose bytes were `bytes`, in whatever format. Throws 400. */
export function decodeDocument<T extends KubernetesObject>(
  document: Document,
  expected: Expected,
  bytes: Uint8Array,
): Decoded<T> {
  return decodeBody(document.value, expected, bytes, () => document);
}

/** Decodes what `said` says of itself: `read` gives it as a document. Throws 400, and in upstream's words what `read` throws as DecodeError. */
export function decodeBody<T extends KubernetesObject>(
  said: unknown,
  expected: Expected,
  bytes: Uint8Array,
  read: (schema: TypeSchema) => Document,
): Decoded<T> {
  const given = explained(
    () => recognize(said, expected),
    (why) => unrecognized(expected.kind, why, bytes),
  );
  return explained(
    () => decodeRecognized<T>(given, expected, read),
    (why) => cannotBeHandled(given.kind, expected.kind, why),
  );
}

/** How a value came about that was not sent as a text. */
export interface Made {
  /** Whether it may hold raw numbers. */
  readonly exact?: boolean;
  /** The text that upstream has for it: the first fault in it is told. Sorted unless it is given. */
  readonly text?: () => string;
}

/** Decodes a value that should be of a kind, but was not sent as one: what a patch made. Throws DecodeError, which says why it is not. */
export const decodeKind = <T extends KubernetesObject>(
  value: JsonValue,
  expected: Expected,
  made: Made = {},
): Decoded<T> =>
  decodeRecognized(recognize(value, expected), expected, () => documentOfValue(value, made));

function decodeRecognized<T extends KubernetesObject>(
  given: Recognized,
  expected: Expected,
  read: (schema: TypeSchema) => Document,
): Decoded<T> {
  const schema = given.accepted ? expected.schema : given.schema;
  if (schema === undefined) throw unknownKind(given.kind);
  const decoded = decodeAs<T>(read(schema), schema);
  // What is wrong with an object of another kind is said before that it is of another kind.
  if (!given.accepted) throw wrongKind(given.kind, expected.kind);
  decoded.object.kind = expected.kind.kind;
  decoded.object.apiVersion = groupVersionText(expected.kind);
  return decoded;
}

function explained<R>(run: () => R, refuse: (why: string) => Error): R {
  try {
    return run();
  } catch (error) {
    throw error instanceof DecodeError ? refuse(error.message) : error;
  }
}

// The reader makes what its schema says, and T is that schema's type.
const decodeAs = <T>(document: Document, schema: TypeSchema): Decoded<T> =>
  (document.decoded !== undefined
    ? { object: document.value, problems: document.decoded }
    : (decodeQuickly(document, schema) ?? decodeSlowly(document.text, schema))) as Decoded<T>;

/** Undefined when something is not as it should be, or the value tells less than the text. */
function decodeQuickly(
  { value, scan }: Document,
  schema: TypeSchema,
): Decoded<unknown> | undefined {
  if (scan?.oddNumbers === true) return undefined;
  const state = newState();
  try {
    const object = readerOf(schema)(value ?? {}, state);
    const isAllRead = !state.unknown && (scan === undefined || scan.keys === state.keys);
    return isAllRead ? { object, problems: [] } : undefined;
  } catch (error) {
    if (error === irregular) return undefined;
    throw error;
  }
}

function decodeSlowly(text: string, schema: TypeSchema): Decoded<unknown> {
  const { value, problems } = decodeCarefully(text, schema);
  return { object: readerOf(schema)(value ?? {}, newState()), problems };
}

/** Decodes a value as a kind, whatever it says of itself. Throws 400. */
export function decodeValue<T extends KubernetesObject>(
  value: JsonValue,
  schema: TypeSchema,
  kind: GroupVersionKind,
): Decoded<T> {
  return explained(
    () =>
      decodeRecognized({ kind, schema, accepted: true }, { kind, schema }, () =>
        documentOfValue(value),
      ),
    (why) => cannotBeHandled(kind, kind, why),
  );
}

/** A value as a document. Its text is made only when somebody asks. */
export function documentOfValue(value: JsonValue, { exact = false, text }: Made = {}): Document {
  return {
    value,
    ...(exact ? { scan: { keys: 0, oddNumbers: true } } : {}),
    get text() {
      return text?.() ?? jsonText(sorted(value));
    },
  };
}

/** A value that was decoded by its schema, and not as JSON. */
export const decodedDocument = (
  value: JsonValue,
  problems: Decoded<unknown>['problems'] = [],
): Document => ({ value, text: '', decoded: problems });

function sorted(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null || isRawNumber(value)) return value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, sorted(value[key] ?? null)]));
}

/** Parses JSON, or throws 400 in Go's words. */
export const parseJson = (text: string): JsonValue => inGoWords(JSON.parse, text);

/** The same; numbers keep their text where it says more than their value. */
export const parseJsonExactly = (text: string): JsonValue => inGoWords(parseRaw, text);

function inGoWords(parse: (text: string) => JsonValue, text: string): JsonValue {
  try {
    return parse(text);
  } catch {
    throw badRequestError(jsonSyntaxProblem(bytesOf(text)));
  }
}

/** Parses JSON; numbers that JavaScript does not hold exactly become bigints, or raw numbers where they have more than 64 bits. */
export const parseExactly = (text: string): JsonValue =>
  /\d{16}/.test(text) ? parseWithRawNumbers(text) : (JSON.parse(text) as JsonValue);

/** A value that code made, as if it had been decoded: in Go's order, with the fields that Go always writes. Throws DecodeError. */
export function normalize(value: unknown, schema: TypeSchema): unknown {
  try {
    return readerOf(schema)(value ?? {}, newState());
  } catch (error) {
    if (error !== irregular) throw error;
    return decodeSlowly(jsonText(value), schema).object;
  }
}

import type { JsonValue } from '@keelson/api-machinery';
import { jsonWord } from './go-text.ts';
import { copyOf, fieldOf, isObject, checkDepth, type JsonObject } from './json-object.ts';
import { operate } from './json-patch-operations.ts';
import { PatchError } from './patch-error.ts';
import { tooLargeNumber } from './too-large-number.ts';

/** One step of a JSON patch, as the client sent it: it is checked as it is applied. */
export type JsonPatchOperation = JsonObject;

/** A JSON patch that was read. */
export interface JsonPatch {
  readonly operations: readonly JsonPatchOperation[];
  /** What is no member of an operation, in upstream's words: `json patch unknown field "[0].surprise"`. */
  readonly problems: readonly string[];
}

/** Behaviour: k8s.io/apiserver handlers maxJSONPatchOperations. */
const operationLimit = 10_000;
const texts = ['op', 'path', 'from'] as const;
const members: ReadonlySet<string> = new Set([...texts, 'value']);

/** Reads a JSON patch. Throws PatchError 400 for what is none and 413 for one that is too long. */
export function parseJsonPatch(value: JsonValue): JsonPatch {
  if (value === null) return { operations: [], problems: [] };
  if (!Array.isArray(value))
    throw undecodable(jsonWord(value), 'value of type []handlers.jsonPatchOp');
  const problem = value.map(mistypedIn).find((found) => found !== undefined);
  if (problem !== undefined) throw problem;
  if (value.length > operationLimit)
    throw new PatchError(
      413,
      `The allowed maximum operations in a JSON patch is ${operationLimit}, got ${value.length}`,
    );
  const operations = value.map((item) => (isObject(item) ? item : {}));
  return { operations, problems: operations.flatMap(unknownIn) };
}

const undecodable = (word: string, into: string): PatchError =>
  new PatchError(400, `error decoding patch: json: cannot unmarshal ${word} into Go ${into}`);

function mistypedIn(item: JsonValue): PatchError | undefined {
  if (item === null) return undefined;
  if (!isObject(item)) return undecodable(jsonWord(item), 'value of type handlers.jsonPatchOp');
  for (const key of Object.keys(item)) {
    const value = item[key] ?? null;
    if (texts.some((text) => text === key) && value !== null && typeof value !== 'string')
      return undecodable(jsonWord(value), `struct field jsonPatchOp.${key} of type string`);
    const number = key === 'value' ? tooLargeNumber(value) : undefined;
    if (number !== undefined)
      return undecodable(`number ${number}`, 'struct field jsonPatchOp.value of type float64');
  }
  return undefined;
}

const unknownIn = (operation: JsonPatchOperation, index: number): readonly string[] =>
  Object.keys(operation)
    .filter((key) => !members.has(key))
    .map((key) => `json patch unknown field "[${index}].${key}"`);

/** Applies a JSON patch (RFC 6902, and what upstream makes of it) to a copy of the document. Throws PatchError 422. */
export function applyJsonPatch(
  document: JsonValue,
  operations: readonly JsonPatchOperation[],
): JsonValue {
  checkDepth(document, ...operations);
  const state = { root: copyOf(document), copied: 0 };
  for (const operation of operations) operate(state, operation, fieldOf(operation, 'value'));
  checkDepth(state.root);
  return state.root;
}

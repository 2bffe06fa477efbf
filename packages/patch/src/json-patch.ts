import type { JsonValue } from '@keelson/api-machinery';
import { jsonWord } from './go-text.ts';
import { copyOf, fieldOf, isObject, checkDepth, type JsonObject } from './json-object.ts';
import { operate } from './json-patch-operations.ts';
import { open, written } from './opened.ts';
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

/**
 * Reads a JSON patch. Throws PatchError 400 for what is none and 413 for one that is too long. Where the client does not want to know
 * of `problems`, upstream reads it with another decoder, which leaves the types of members to whoever does the operations.
 */
export function parseJsonPatch(value: JsonValue, findsProblems = true): JsonPatch {
  if (value === null) return { operations: [], problems: [] };
  const words = findsProblems ? checked : unchecked;
  if (!Array.isArray(value)) throw undecodable(jsonWord(value), words.patch, words);
  const problem = value.map((item) => mistypedIn(item, words)).find((found) => found !== undefined);
  if (problem !== undefined) throw problem;
  if (value.length > operationLimit)
    throw new PatchError(
      413,
      `The allowed maximum operations in a JSON patch is ${operationLimit}, got ${value.length}`,
    );
  const operations = value.map((item) => (isObject(item) ? item : {}));
  return { operations, problems: findsProblems ? operations.flatMap(unknownIn) : [] };
}

/** What a decoder calls what it decodes to. */
interface Words {
  readonly prefix: string;
  readonly patch: string;
  readonly operation: string;
  /** Undefined for a decoder that takes members of any type. */
  readonly member?: (name: string) => string;
}

const checked: Words = {
  prefix: 'error decoding patch: ',
  patch: 'value of type []handlers.jsonPatchOp',
  operation: 'value of type handlers.jsonPatchOp',
  member: (name) => `struct field jsonPatchOp.${name} of type string`,
};
const unchecked: Words = {
  prefix: '',
  patch: 'value of type jsonpatch.Patch',
  operation: 'value of type jsonpatch.Operation',
};

const undecodable = (word: string, into: string, { prefix }: Words): PatchError =>
  new PatchError(400, `${prefix}json: cannot unmarshal ${word} into Go ${into}`);

function mistypedIn(item: JsonValue, words: Words): PatchError | undefined {
  if (item === null) return undefined;
  if (!isObject(item)) return undecodable(jsonWord(item), words.operation, words);
  if (words.member === undefined) return undefined;
  for (const key of Object.keys(item)) {
    const value = item[key] ?? null;
    if (texts.some((text) => text === key) && value !== null && typeof value !== 'string')
      return undecodable(jsonWord(value), words.member(key), words);
    const number = key === 'value' ? tooLargeNumber(value) : undefined;
    if (number !== undefined)
      return undecodable(
        `number ${number}`,
        'struct field jsonPatchOp.value of type float64',
        words,
      );
  }
  return undefined;
}

const unknownIn = (operation: JsonPatchOperation, index: number): readonly string[] =>
  Object.keys(operation)
    .filter((key) => !members.has(key))
    .map((key) => `json patch unknown field "[${index}].${key}"`);

/** What a JSON patch made of a document. */
export interface JsonPatched {
  readonly value: JsonValue;
  /** The value in the order in which upstream writes it: what operations have gone through comes out sorted, all else as it was. */
  readonly written: () => JsonValue;
}

/** Applies a JSON patch (RFC 6902, and what upstream makes of it) to a copy of the document. Throws PatchError 422. */
export function applyJsonPatch(
  document: JsonValue,
  operations: readonly JsonPatchOperation[],
): JsonPatched {
  checkDepth(document, ...operations);
  const state = { root: copyOf(document), copied: 0, opened: new Set<object>() };
  for (const operation of operations) operate(state, operation, fieldOf(operation, 'value'));
  const { root, opened } = state;
  checkDepth(root);
  open(opened, root);
  return { value: root, written: () => written(root, opened) };
}

import {
  badRequestError,
  requestEntityTooLargeError,
  StatusError,
  type JsonValue,
} from '@keelson/api-machinery';
import type { TypeSchema } from '@keelson/kubernetes-api';
import {
  applyJsonPatch,
  goText,
  isObject,
  jsonWord,
  mergePatch,
  parseJsonPatch,
  PatchError,
  strategicMergePatch,
  tooLargeNumber,
} from '@keelson/patch';
import { parseEncoded, parseStrictly, parseUnstructured, type Made } from '@keelson/serialization';
import { withGoIntegers } from './go-integers.ts';
import { leavesManagers } from './leaves-managers.ts';
import type { ApplyType, PatchType } from './patch-types.ts';
import { shownText } from './shown-text.ts';
import { unstructuredWords } from './unstructured-problem.ts';

/** What a patch made of an object. */
export interface Changed {
  readonly value: JsonValue;
  readonly made: Made;
  /** The same with whole numbers that fit their fields, where upstream makes them fit. */
  readonly fitted?: () => JsonValue;
  /** Whether upstream sorts the names of unknown fields. */
  readonly sortsProblems?: true;
  /** What is shown of it when it is no object of the kind. */
  readonly shown: () => string;
  /** Why it is none, `why` being the decoder's words for it. */
  readonly why: (why: string) => string;
}

/** A patch that was read: it can be applied again and again. */
export interface Change {
  /** Members that are there twice, or that no operation has. */
  readonly problems: readonly string[];
  /** Whether it certainly has nothing to do with managed fields. */
  readonly leavesManagers: boolean;
  /** `current` is JSON, as it is encoded. Leaves the patch as it is. Throws StatusError. */
  apply(current: Uint8Array): Changed;
}

/** Reads a patch. What is wrong with it but is JSON is said when it is applied: that the object is missing comes first. Throws 400. */
export function readChange(
  type: Exclude<PatchType, ApplyType>,
  bytes: Uint8Array,
  { schema, findsProblems }: { readonly schema: TypeSchema; readonly findsProblems: boolean },
): Change {
  const document = parseStrictly(bytes);
  if (document === undefined) throw badRequestError('invalid JSON patch');
  const { value, problems, exact } = document;
  const how = { exact: exact !== undefined, findsProblems };
  const left = leavesManagers(type, value);
  switch (type) {
    case 'application/json-patch+json':
      return {
        ...jsonChange({ document: exact ?? value, duplicates: problems, how }, schema),
        leavesManagers: left,
      };
    case 'application/merge-patch+json':
      return {
        problems,
        leavesManagers: left,
        apply: (current) => {
          if (exact !== undefined && findsProblems) checkNumbers(exact, 'error decoding patch: ');
          return merged(parseEncoded(current, schema), exact ?? value, how);
        },
      };
    case 'application/strategic-merge-patch+json':
      return {
        problems,
        leavesManagers: left,
        apply: (current) => {
          if (exact !== undefined && findsProblems) checkNumbers(exact, '');
          return strategicallyMerged(parseUnstructured(current), value, schema);
        },
      };
  }
}

/** How a patch is read. */
interface Reading {
  /** Whether it holds raw numbers. */
  readonly exact: boolean;
  /** Whether the client wants to know of problems. */
  readonly findsProblems: boolean;
}

/** A JSON patch before it is looked at. */
interface JsonPatchDocument {
  readonly document: JsonValue;
  /** Members that are there twice. */
  readonly duplicates: readonly string[];
  readonly how: Reading;
}

function jsonChange(
  { document, duplicates, how: { exact, findsProblems } }: JsonPatchDocument,
  schema: TypeSchema,
): Omit<Change, 'leavesManagers'> {
  const read = () => translated(() => parseJsonPatch(document, findsProblems));
  let problems: readonly string[] = [];
  try {
    ({ problems } = read());
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
  }
  return {
    problems: [...problems, ...duplicates.map((duplicate) => `json patch ${duplicate}`)],
    apply: (json) => {
      const { operations } = read();
      const current = parseEncoded(json, schema);
      const { value, written } = translated(() => applyJsonPatch(current, operations));
      const text = () => shownText(written());
      return { value, made: { exact, text }, shown: text, why: unchanged };
    },
  };
}

function merged(current: JsonValue, patch: JsonValue, { exact, findsProblems }: Reading): Changed {
  if (patch === null || (!findsProblems && !isObject(patch)))
    throw badRequestError('Invalid JSON Patch');
  if (!isObject(patch)) throw badRequestError(`error decoding patch: ${noMap(patch)}`);
  const value = translated(() => mergePatch(current, patch));
  const text = () => shownText(sortedAlong(value, patch));
  return { value, made: { exact, text }, shown: text, why: unchanged };
}

function strategicallyMerged(current: JsonValue, patch: JsonValue, schema: TypeSchema): Changed {
  if (patch !== null && !isObject(patch)) throw badRequestError(noMap(patch));
  const { merged: value, rest } = translated(() => strategicMergePatch(current, patch, schema));
  return {
    value: withKindOf(current, value),
    made: {},
    fitted: () => withGoIntegers(withKindOf(current, value), { ref: schema.id }),
    sortsProblems: true,
    shown: () => goText(rest),
    why: (why) => unstructuredWords(value, { ref: schema.id }, why),
  };
}

/** Throws 400 for a number that Go does not have, unless something else is wrong first. */
function checkNumbers(patch: JsonValue, task: string): void {
  const number = isObject(patch) ? tooLargeNumber(patch) : undefined;
  if (number !== undefined)
    throw badRequestError(
      `${task}json: cannot unmarshal number ${number} into Go value of type float64`,
    );
}

const unchanged = (why: string): string => why;

/** A strategic merge patch cannot make an object say that it is something else, but it can take the sense out of what it says. */
function withKindOf(current: JsonValue, value: JsonValue): JsonValue {
  if (!isObject(current) || !isObject(value)) return value;
  const kept = (name: 'kind' | 'apiVersion'): JsonValue => {
    const said = value[name] ?? null;
    return said === null || typeof said === 'string' ? (current[name] ?? null) : said;
  };
  return { ...value, kind: kept('kind'), apiVersion: kept('apiVersion') };
}

const noMap = (patch: JsonValue): string =>
  `json: cannot unmarshal ${jsonWord(patch)} into Go value of type map[string]interface {}`;

/** What a merge patch came to, as upstream writes it: the maps that it has gone through, and all that it brought, come out sorted. */
function sortedAlong(value: JsonValue, patch: JsonValue | undefined): JsonValue {
  if (patch === undefined) return value;
  if (Array.isArray(value)) return value.map((item) => sortedAlong(item, item));
  if (!isObject(value)) return value;
  const ofPatch = isObject(patch) ? patch : {};
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sortedAlong(value[key] ?? null, ofPatch[key])]),
  );
}

/** A patch's errors, as the client sees them: what does not fit the object is told in general words only. */
function translated<R>(run: () => R): R {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof PatchError)) throw error;
    if (error.code === 400) throw badRequestError(error.message);
    if (error.code === 413) throw requestEntityTooLargeError(error.message);
    if (error.code === 500)
      throw new StatusError({ code: 500, reason: '', message: error.message });
    throw new StatusError({
      code: 422,
      reason: 'Invalid',
      message: 'the server rejected our request due to an error in our request',
      details: {},
    });
  }
}

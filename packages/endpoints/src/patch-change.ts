import {
  badRequestError,
  jsonText,
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
import { parseEncoded, parseStrictly, parseUnstructured } from '@keelson/serialization';
import { withGoIntegers } from './go-integers.ts';
import { leavesManagers } from './leaves-managers.ts';
import type { ApplyType, PatchType } from './patch-types.ts';
import { unstructuredProblem } from './unstructured-problem.ts';

/** What a patch made of an object. */
export interface Changed {
  readonly value: JsonValue;
  /** Whether it may hold raw numbers. */
  readonly exact: boolean;
  /** The same with whole numbers that fit their fields, where upstream makes them fit. */
  readonly fitted?: () => JsonValue;
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
  schema: TypeSchema,
): Change {
  const document = parseStrictly(bytes);
  if (document === undefined) throw badRequestError('invalid JSON patch');
  const { value, problems, exact } = document;
  const left = leavesManagers(type, value);
  switch (type) {
    case 'application/json-patch+json':
      return {
        ...jsonChange({ document: exact ?? value, exact: exact !== undefined }, problems, schema),
        leavesManagers: left,
      };
    case 'application/merge-patch+json':
      return {
        problems,
        leavesManagers: left,
        apply: (current) => {
          if (exact !== undefined) checkNumbers(exact, 'error decoding patch: ');
          return merged(parseEncoded(current, schema), exact ?? value, exact !== undefined);
        },
      };
    case 'application/strategic-merge-patch+json':
      return {
        problems,
        leavesManagers: left,
        apply: (current) => {
          if (exact !== undefined) checkNumbers(exact, '');
          return strategicallyMerged(parseUnstructured(current), value, schema);
        },
      };
  }
}

function jsonChange(
  { document, exact }: { readonly document: JsonValue; readonly exact: boolean },
  duplicates: readonly string[],
  schema: TypeSchema,
): Omit<Change, 'leavesManagers'> {
  const read = () => translated(() => parseJsonPatch(document));
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
      const value = translated(() => applyJsonPatch(current, operations));
      return { value, exact, shown: () => textOf(value, current), why: unchanged };
    },
  };
}

function merged(current: JsonValue, patch: JsonValue, exact: boolean): Changed {
  if (patch === null) throw badRequestError('Invalid JSON Patch');
  if (!isObject(patch)) throw badRequestError(`error decoding patch: ${noMap(patch)}`);
  const value = translated(() => mergePatch(current, patch));
  return { value, exact, shown: () => jsonText(sortedAlong(value, patch)), why: unchanged };
}

function strategicallyMerged(current: JsonValue, patch: JsonValue, schema: TypeSchema): Changed {
  if (patch !== null && !isObject(patch)) throw badRequestError(noMap(patch));
  const { merged: value, rest } = translated(() => strategicMergePatch(current, patch, schema));
  return {
    value: withKindOf(current, value),
    exact: false,
    fitted: () => withGoIntegers(withKindOf(current, value), { ref: schema.id }),
    shown: () => goText(rest),
    why: (why) =>
      unstructuredProblem(value, { ref: schema.id }) ??
      why.replace(/^illegal base64/, 'error decoding from json: $&'),
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

/** A strategic merge patch cannot make an object say that it is something else. */
function withKindOf(current: JsonValue, value: JsonValue): JsonValue {
  if (!isObject(current) || !isObject(value)) return value;
  return { ...value, kind: current['kind'] ?? null, apiVersion: current['apiVersion'] ?? null };
}

const noMap = (patch: JsonValue): string =>
  `json: cannot unmarshal ${jsonWord(patch)} into Go value of type map[string]interface {}`;

/** A patched object as upstream writes it: the maps that a patch has gone through come out sorted. */
function textOf(value: JsonValue, before: JsonValue | undefined): string {
  return jsonText(sortedWhereChanged(value, before));
}

function sortedWhereChanged(value: JsonValue, before: JsonValue | undefined): JsonValue {
  if (jsonText(value) === jsonText(before)) return value;
  if (Array.isArray(value)) return sortedItems(value, Array.isArray(before) ? before : []);
  if (!isObject(value)) return value;
  const old = isObject(before) ? before : {};
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sortedWhereChanged(value[key] ?? null, old[key])]),
  );
}

/** Items that were there before are as they were, wherever they are now. */
function sortedItems(items: JsonValue[], before: readonly JsonValue[]): JsonValue[] {
  const known = new Set(before.map((item) => jsonText(item)));
  return items.map((item, index) =>
    known.has(jsonText(item)) ? item : sortedWhereChanged(item, before[index]),
  );
}

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

import type { JsonValue } from '@keelson/api-machinery';
import fastJsonPatch, { type Operation } from 'fast-json-patch';
import { PatchError } from './patch-error.ts';

/** Behaviour: k8s.io/apiserver handlers maxJSONPatchOperations. */
const operationLimit = 10_000;
/** How many bytes copies may add up to. Behaviour: apiserver JSONPatchMaxCopyBytes. */
const copyLimit = 3 * 1024 * 1024;

const known = new Set(['add', 'remove', 'replace', 'move', 'copy', 'test']);

/** Reads a JSON patch. Throws PatchError 400 for what is none and 413 for one that is too long. */
export function parseJsonPatch(value: JsonValue): readonly Operation[] {
  if (!Array.isArray(value)) {
    const word = value === null ? 'null' : typeof value === 'boolean' ? 'bool' : typeof value;
    throw new PatchError(
      400,
      `error decoding patch: json: cannot unmarshal ${word} into Go value of type []handlers.jsonPatchOp`,
    );
  }
  for (const item of value) {
    if (typeof item === 'object' && item !== null && !Array.isArray(item)) continue;
    const word = Array.isArray(item) ? 'array' : typeof item === 'boolean' ? 'bool' : typeof item;
    throw new PatchError(
      400,
      `error decoding patch: json: cannot unmarshal ${word} into Go value of type handlers.jsonPatchOp`,
    );
  }
  if (value.length > operationLimit) {
    throw new PatchError(
      413,
      `The allowed maximum operations in a JSON patch is ${operationLimit}, got ${value.length}`,
    );
  }
  // Each is checked as it is applied.
  return value as unknown as readonly Operation[];
}

/** Applies a JSON patch (RFC 6902) to a copy of the document. Throws PatchError 422. */
export function applyJsonPatch(document: JsonValue, operations: readonly Operation[]): JsonValue {
  let current: JsonValue = structuredClone(document);
  let copied = 0;
  for (const operation of operations) {
    if (!known.has(operation.op))
      throw new PatchError(422, `Unexpected kind: ${String(operation.op)}`);
    if (operation.op === 'copy') copied += sizeAt(current, operation.from);
    if (copied > copyLimit)
      throw new PatchError(
        422,
        `Unable to complete the copy, the accumulated size increase of copy is ${copied}, exceeding the limit ${copyLimit}`,
      );
    try {
      const { newDocument } = fastJsonPatch.applyOperation<JsonValue>(
        current,
        structuredClone(operation) as Operation,
        true,
        true,
      );
      current = newDocument;
    } catch (error) {
      throw new PatchError(422, error instanceof Error ? error.message : String(error));
    }
  }
  return current;
}

function sizeAt(document: JsonValue, pointer: unknown): number {
  if (typeof pointer !== 'string') return 0;
  try {
    return Buffer.byteLength(
      JSON.stringify(fastJsonPatch.getValueByPointer(document, pointer)) ?? '',
    );
  } catch {
    // Nothing is there: applying the operation says so.
    return 0;
  }
}

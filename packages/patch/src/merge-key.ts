import type { JsonValue } from '@keelson/api-machinery';
import { goText, goType } from './go-text.ts';
import { fieldOf, isObject } from './json-object.ts';
import { PatchError } from './patch-error.ts';

/** What tells an item from others. Throws PatchError 500 for an item that has nothing to tell it. */
export function keyValue(item: JsonValue, mergeKey: string): JsonValue {
  if (!isObject(item)) throw wrongType('map[string]interface {}', item);
  const value = fieldOf(item, mergeKey);
  if (value !== undefined) return value;
  throw new PatchError(
    500,
    `map: ${goText(item)} does not contain declared merge key: ${mergeKey}`,
  );
}

/** One type where another one is expected. */
export function wrongType(expected: string, value: JsonValue): PatchError {
  return new PatchError(500, `expected a ${expected}, but received a ${goType(value)}`);
}

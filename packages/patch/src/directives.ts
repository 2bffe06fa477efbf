// What a strategic merge patch says about itself.

import type { JsonValue } from '@keelson/api-machinery';
import { goStringText, goText } from './go-text.ts';
import { isObject, setField } from './json-object.ts';
import { PatchError } from './patch-error.ts';

/** In an object: what to do with all of it. */
export const patchDirective = '$patch';
/** In an object: the only fields that stay. */
export const retainKeys = '$retainKeys';
/** Before a list's name: the order of its items. */
export const orderPrefix = '$setElementOrder/';
/** Before a list's name: what goes away from it. */
export const deletePrefix = '$deleteFromPrimitiveList/';

export const hasDirective = (item: JsonValue): boolean =>
  isObject(item) && Object.hasOwn(item, patchDirective);

export function unknownDirective(wanted: JsonValue, item: JsonValue): PatchError {
  return new PatchError(500, `unknown patch type: ${goStringText(wanted)} in map: ${goText(item)}`);
}

/** What was not there before, less the nulls of its objects and what has a directive; undefined when nothing is left. Changes it in place. */
export function asNew(value: JsonValue): JsonValue | undefined {
  dropNulls(value);
  return withoutDirectives(value);
}

function dropNulls(value: JsonValue): void {
  if (Array.isArray(value)) return value.forEach(dropNulls);
  if (!isObject(value)) return;
  for (const key of Object.keys(value)) {
    const inner = value[key] ?? null;
    if (inner === null) delete value[key];
    else dropNulls(inner);
  }
}

/** A value less all that has a directive; undefined when it has one itself. Changes it in place. */
export function withoutDirectives(value: JsonValue): JsonValue | undefined {
  if (Array.isArray(value))
    return value.map(withoutDirectives).filter((item) => item !== undefined);
  if (!isObject(value)) return value;
  if (hasDirective(value)) return undefined;
  for (const key of Object.keys(value)) {
    const clean = withoutDirectives(value[key] ?? null);
    if (clean === undefined) delete value[key];
    else setField(value, key, clean);
  }
  return value;
}

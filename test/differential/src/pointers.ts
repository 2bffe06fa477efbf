// JSON pointers into values.

import type { JsonValue } from '@keelson/api-machinery';
import { isObject } from './json.ts';

/** Where a value has something, but for all of it. */
export function pointersIn(value: JsonValue, prefix = ''): string[] {
  if (typeof value !== 'object' || value === null) return [prefix];
  const inner = Object.entries(value).flatMap(([key, member]) =>
    pointersIn(member, `${prefix}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`),
  );
  return prefix === '' ? inner : [prefix, ...inner];
}

const stepsOf = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));

/** What a pointer leads to. */
export function valueOf(value: JsonValue, pointer: string): JsonValue | undefined {
  let found: JsonValue | undefined = value;
  for (const step of stepsOf(pointer))
    found = isObject(found) || Array.isArray(found) ? memberOf(found, step) : undefined;
  return found;
}

const memberOf = (value: object, name: string): JsonValue | undefined =>
  Object.hasOwn(value, name) ? (value as { [name: string]: JsonValue })[name] : undefined;

/** A copy with something else where a pointer leads. */
export function withValue(
  value: JsonValue,
  pointer: string,
  change: (old: JsonValue) => JsonValue,
): JsonValue {
  const copy = structuredClone(value);
  const steps = stepsOf(pointer);
  const last = steps.pop() ?? '';
  let holder: JsonValue = copy;
  for (const step of steps) holder = memberOf(Object(holder), step) ?? null;
  const members = Object(holder) as { [name: string]: JsonValue };
  members[last] = change(members[last] ?? null);
  return copy;
}

// Values as Go's fmt prints them: errors of patches show them so.

import { isRawNumber, type JsonValue } from '@keelson/api-machinery';
import { isObject } from './json-object.ts';

/** What `%v` makes of a value: maps with their keys sorted. */
export function goText(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(goText).join(' ')}]`;
  if (isObject(value)) return `map[${pairs(value, goText)}]`;
  return value === null ? '<nil>' : String(value);
}

/** What `%s` makes of a value: it says of all but strings that they are none. */
export function goStringText(value: JsonValue): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return `[${value.map(innerStringText).join(' ')}]`;
  if (isObject(value)) return `map[${pairs(value, innerStringText)}]`;
  return value === null ? '%!s(<nil>)' : `%!s(${goType(value)}=${String(value)})`;
}

const innerStringText = (value: JsonValue): string =>
  value === null ? '<nil>' : goStringText(value);

const pairs = (
  value: { readonly [key: string]: JsonValue },
  text: (value: JsonValue) => string,
): string =>
  Object.keys(value)
    .sort()
    .map((key) => `${key}:${text(value[key] ?? null)}`)
    .join(' ');

/** The type that Go decodes a value to. */
export function goType(value: JsonValue | undefined): string {
  if (Array.isArray(value)) return '[]interface {}';
  if (isObject(value)) return 'map[string]interface {}';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'bigint') return 'int64';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64';
  return '%!s(<nil>)';
}

/** The word that Go's JSON decoder has for a value. */
export function jsonWord(value: JsonValue): string {
  if (Array.isArray(value)) return 'array';
  if (isRawNumber(value) || typeof value === 'bigint') return 'number';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

// Values as Go's fmt prints them: faults of typed values show them so.

import type { JsonValue } from '@keelson/api-machinery';
import { compareText } from './go-json.ts';
import { isJsonObject } from './json-value.ts';

/** What `%v` makes of a value: maps with their keys sorted. */
export function goText(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(goText).join(' ')}]`;
  if (isJsonObject(value))
    return `map[${Object.keys(value)
      .sort(compareText)
      .map((name) => `${name}:${goText(value[name] ?? null)}`)
      .join(' ')}]`;
  if (typeof value === 'number' || typeof value === 'bigint') return goNumber(Number(value));
  return value === null ? '<nil>' : String(value);
}

/** Numbers of JSON are floats to Go: the large and the small have exponents of two digits. */
function goNumber(value: number): string {
  const size = Math.abs(value);
  if (value === 0 || (size >= 1e-4 && size < 1e6)) return String(value);
  return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
}

/** What `%T` makes of a value. */
export function goTypeOf(value: JsonValue): string {
  if (Array.isArray(value)) return '[]interface {}';
  if (isJsonObject(value)) return 'map[string]interface {}';
  if (typeof value === 'boolean') return 'bool';
  return typeof value === 'number' || typeof value === 'bigint' ? 'float64' : typeof value;
}

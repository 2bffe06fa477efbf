import type { JsonValue } from '@keelson/api-machinery';

export type JsonObject = { [key: string]: JsonValue };

export const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What stands at a path; undefined for nothing. */
export function valueAt(value: JsonValue, ...path: readonly string[]): JsonValue | undefined {
  let found: JsonValue | undefined = value;
  for (const name of path) found = isObject(found) ? found[name] : undefined;
  return found;
}

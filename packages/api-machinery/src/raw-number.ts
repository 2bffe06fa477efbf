import type { JsonValue } from './scalars.ts';

// Of ES2026, and in every Node that is supported; TypeScript's libraries do not have it yet.
interface RawJson {
  rawJSON(text: string): object;
  isRawJSON(value: unknown): boolean;
  parse(
    text: string,
    reviver: (key: string, value: unknown, context: { source?: string }) => unknown,
  ): JsonValue;
}
const json = JSON as unknown as RawJson;

/**
 * Whether a value is a number as `parseWithRawNumbers` keeps it: JSON.stringify writes its text. It is an object without
 * fields that matter; structuredClone would make something else of it.
 */
export const isRawNumber = (value: unknown): boolean => json.isRawJSON(value);

/** Parses JSON and keeps the text of numbers whose text says more than their value: `2.0` is no integer for Go. */
export function parseWithRawNumbers(text: string): JsonValue {
  return json.parse(text, (_, value, { source }) =>
    typeof value === 'number' && source !== undefined && source !== String(value)
      ? json.rawJSON(source)
      : value,
  );
}

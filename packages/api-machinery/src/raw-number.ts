import { parseInt64 } from './int64.ts';
import type { JsonValue } from './scalars.ts';

// Of ES2026, and in every Node that is supported; TypeScript's libraries do not have it yet.
interface RawJson {
  rawJSON(text: string): JsonValue;
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

/** A number as it is written. */
export const rawNumber = (text: string): JsonValue => json.rawJSON(text);

/** Parses JSON. Whole numbers of 64 bits that are not exact as a number become bigints; what has a fraction or an exponent is a number. */
export const parseWithBigints = (text: string): JsonValue =>
  json.parse(text, (_, value, { source }) =>
    typeof value === 'number' && source !== undefined ? (bigintOf(value, source) ?? value) : value,
  );

/** Parses JSON in the same way, and keeps the text of other numbers whose text says more than their value: `2.0` is no integer for Go. */
export const parseWithRawNumbers = (text: string): JsonValue =>
  json.parse(text, (_, value, { source }) =>
    typeof value === 'number' && source !== undefined
      ? (bigintOf(value, source) ?? (source === String(value) ? value : json.rawJSON(source)))
      : value,
  );

const bigintOf = (value: number, source: string): bigint | undefined =>
  Math.abs(value) <= Number.MAX_SAFE_INTEGER ? undefined : parseInt64(source);

import { rawNumber } from './raw-number.ts';

/** A value as JSON, as JSON.stringify writes it, which refuses bigints. */
export function jsonText(value: unknown, space?: number): string {
  try {
    return JSON.stringify(value, undefined, space);
  } catch (error) {
    // Looking at every value takes time: nearly none has bigints.
    if (!(error instanceof TypeError)) throw error;
    return JSON.stringify(value, withoutBigint, space);
  }
}

const withoutBigint = (_: string, value: unknown): unknown =>
  typeof value === 'bigint' ? rawNumber(String(value)) : value;

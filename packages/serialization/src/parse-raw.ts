import { parseWithRawNumbers, type JsonValue } from '@keelson/api-machinery';

/** Parses JSON that Go keeps as it came: its numbers keep their text where it says more than their value. */
export const parseRaw = (text: string): JsonValue =>
  /\d[.eE]|\d{16}|-0/.test(text) ? parseWithRawNumbers(text) : (JSON.parse(text) as JsonValue);

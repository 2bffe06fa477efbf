const quote = 0x22;
const backslash = 0x5c;
const colon = 0x3a;

/** How deep Go's decoder goes. */
export const maxDepth = 10_000;

/** More digits than a double holds exactly. */
export const exactDigits = 15;

/** What a look at the bytes of a JSON text tells that its parsed value does not. */
export interface JsonScan {
  /** How many keys its objects have, those that are there twice counted twice. */
  readonly keys: number;
  /** The bracket that goes deeper than Go's decoder does. */
  readonly tooDeep: '{' | '[' | undefined;
  /** Whether a number is written with a fraction, with an exponent, with more digits than JavaScript keeps, or as -0: its text tells more than its value. */
  readonly oddNumbers: boolean;
  /** Whether a string has escapes for surrogates: one without its other half is no character. */
  readonly surrogates: boolean;
}

/** Looks through valid JSON once. */
export function scanJson(bytes: Uint8Array): JsonScan {
  let [keys, depth, digits] = [0, 0, 0];
  let tooDeep: JsonScan['tooDeep'];
  let [oddNumbers, surrogates] = [false, false];
  const { length } = bytes;
  for (let at = 0; at < length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === quote) {
      for (at++; at < length && bytes[at] !== quote; at++) {
        if (bytes[at] !== backslash) continue;
        at++;
        if (bytes[at] === 0x75 && ((bytes[at + 1] ?? 0) | 0x20) === 0x64) surrogates = true;
      }
    } else if (byte === colon) keys++;
    else if (byte >= 0x30 && byte <= 0x39) {
      if (++digits > exactDigits) oddNumbers = true;
      continue;
    } else if (byte === 0x7b || byte === 0x5b) {
      if (++depth > maxDepth) tooDeep ??= byte === 0x7b ? '{' : '[';
    } else if (byte === 0x7d || byte === 0x5d) depth--;
    else if (byte === 0x2d && bytes[at + 1] === 0x30) oddNumbers = true;
    // A point, or an E after a digit: `true` and `false` have one, too.
    else if (digits > 0 && (byte === 0x2e || byte === 0x65 || byte === 0x45)) oddNumbers = true;
    digits = 0;
  }
  return { keys, tooDeep, oddNumbers, surrogates };
}

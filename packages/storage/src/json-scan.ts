const backslash = 0x5c;
const quote = 0x22;
const comma = 0x2c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const space = 0x20;

/** The offset of the next byte that is no white space. */
export function skipSpace(bytes: Uint8Array, from: number): number {
  let position = from;
  while (position < bytes.length && (bytes[position] ?? 0) <= space) position++;
  return position;
}

/** The offset after the string whose quote opens at `from`; beyond the end when it is not closed. */
export function endOfString(bytes: Uint8Array, from: number): number {
  let position = from + 1;
  while (position < bytes.length && bytes[position] !== quote)
    position += bytes[position] === backslash ? 2 : 1;
  return position + 1;
}

/** The offset after the JSON value that begins at `from`; beyond the end when it is not complete. The JSON is taken to be valid. */
export function endOfValue(bytes: Uint8Array, from: number): number {
  const first = bytes[from];
  if (first === quote) return endOfString(bytes, from);
  if (first === openBrace || first === openBracket) return endOfNested(bytes, from);
  let position = from;
  while (position < bytes.length && !endsScalar(bytes[position] ?? 0)) position++;
  return position;
}

function endOfNested(bytes: Uint8Array, from: number): number {
  let depth = 0;
  let position = from;
  while (position < bytes.length) {
    const byte = bytes[position];
    if (byte === quote) {
      position = endOfString(bytes, position);
      continue;
    }
    if (byte === openBrace || byte === openBracket) depth++;
    if ((byte === closeBrace || byte === closeBracket) && --depth === 0) return position + 1;
    position++;
  }
  return position + 1;
}

function endsScalar(byte: number): boolean {
  return byte === comma || byte === closeBrace || byte === closeBracket || byte <= space;
}

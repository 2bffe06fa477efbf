const quote = 0x22;
const backslash = 0x5c;
const colon = 0x3a;

/** How deep Go's decoder goes. */
export const maxDepth = 10_000;

/** Counts the keys of all objects in valid JSON, and how deep it nests. One pass over the bytes. */
export function scanKeys(bytes: Uint8Array): { readonly keys: number; readonly depth: number } {
  let [keys, depth, deepest] = [0, 0, 0];
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === quote) at = stringEnd(bytes, at);
    else if (byte === colon) keys++;
    else if (byte === 0x7b || byte === 0x5b) {
      if (++depth > deepest) deepest = depth;
    } else if (byte === 0x7d || byte === 0x5d) depth--;
  }
  return { keys, depth: deepest };
}

/** Where the string that begins at `start` ends: at its closing quote. */
function stringEnd(bytes: Uint8Array, start: number): number {
  let at = start + 1;
  while (at < bytes.length && bytes[at] !== quote) at += bytes[at] === backslash ? 2 : 1;
  return at;
}

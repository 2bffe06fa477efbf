const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const replacement = '\ufffd';

/** The second bytes that a first one allows; all others allow 0x80 to 0xbf. */
const secondBytes: ReadonlyMap<number, readonly [low: number, high: number]> = new Map([
  [0xe0, [0xa0, 0xbf]],
  [0xed, [0x80, 0x9f]],
  [0xf0, [0x90, 0xbf]],
  [0xf4, [0x80, 0x8f]],
]);

/** How many bytes the character at `at` has; 0 when there is none. */
function characterLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  const [low, high] = secondBytes.get(first) ?? [0x80, 0xbf];
  for (let next = 1; next < length; next++) {
    const byte = bytes[at + next] ?? 0;
    if (next === 1 ? byte < low || byte > high : (byte & 0xc0) !== 0x80) return 0;
  }
  return length;
}

/** UTF-8 as text. What is none becomes U+FFFD byte by byte, as Go has it; browsers have one for several bytes. */
export function goText(bytes: Uint8Array): string {
  const text = decoder.decode(bytes);
  return text.includes(replacement) ? byteByByte(bytes, () => replacement) : text;
}

/** UTF-8 as text that loses nothing: a byte that belongs to no character becomes a lone surrogate, 0xff U+DCFF. */
export function exactText(bytes: Uint8Array): string {
  const text = decoder.decode(bytes);
  return text.includes(replacement)
    ? byteByByte(bytes, (byte) => String.fromCharCode(0xdc00 + byte))
    : text;
}

function byteByByte(bytes: Uint8Array, stray: (byte: number) => string): string {
  let text = '';
  let start = 0;
  for (let at = 0; at < bytes.length;) {
    const length = characterLength(bytes, at);
    if (length === 0) {
      if (at > start) text += decoder.decode(bytes.subarray(start, at));
      text += stray(bytes[at] ?? 0);
      start = at + 1;
    }
    at += length || 1;
  }
  return text + decoder.decode(bytes.subarray(start));
}

/** What libyaml says of the first thing in a text that is no UTF-8. */
export function yamlUtf8Problem(bytes: Uint8Array): string {
  let at = 0;
  while (at < bytes.length && characterLength(bytes, at) > 0) at += characterLength(bytes, at);
  const width = widthOf(bytes[at] ?? 0);
  if (width === 0) return 'invalid leading UTF-8 octet';
  if (at + width > bytes.length) return 'incomplete UTF-8 octet sequence';
  const rest = bytes.subarray(at + 1, at + width);
  if (rest.some((byte) => (byte & 0xc0) !== 0x80)) return 'invalid trailing UTF-8 octet';
  const value = rest.reduce(
    (sum, byte) => (sum << 6) | (byte & 0x3f),
    (bytes[at] ?? 0) & (0x7f >> width),
  );
  const isShorter = value < ([0, 0, 0x80, 0x800, 0x1_0000][width] ?? 0);
  return isShorter ? 'invalid length of a UTF-8 sequence' : 'invalid Unicode character';
}

/** What a first byte announces, whether there may be such a character or not. */
function widthOf(first: number): number {
  if (first < 0x80) return 1;
  if (first < 0xc0) return 0;
  return first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf8 ? 4 : 0;
}

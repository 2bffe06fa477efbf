// Node's buffers are faster at this than what browsers have, too: they are used where they are there.
const node = globalThis.Buffer as typeof Buffer | undefined;
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Text as UTF-8. */
export const bytesOf = (text: string): Uint8Array => node?.from(text) ?? encoder.encode(text);

/** UTF-8 as text; what is none becomes U+FFFD. */
export const textOf = (bytes: Uint8Array): string =>
  node?.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString() ?? decoder.decode(bytes);

/** Shorter texts are read by hand: calling a decoder costs more. */
const handRead = 24;

/** A short text of plain characters; undefined for any other. */
export function shortText(bytes: Uint8Array, start: number, end: number): string | undefined {
  if (end - start > handRead) return undefined;
  let text = '';
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (byte > 0x7f) return undefined;
    text += String.fromCharCode(byte);
  }
  return text;
}

/** Text whose characters are bytes. */
export function latin1Of(bytes: Uint8Array): string {
  if (node !== undefined)
    return node.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

/** Bytes as base64. */
export function base64Of(bytes: Uint8Array): string {
  if (node !== undefined)
    return node.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
  return btoa(latin1Of(bytes));
}

/** The bytes of base64; what does not belong into it, and all behind, is passed over. */
export function bytesOfBase64(text: string): Uint8Array {
  if (node !== undefined) return node.from(text, 'base64');
  const digits = /^[A-Za-z0-9+/]*/.exec(text.replace(/[\r\n]/g, ''))?.[0] ?? '';
  const whole = digits.length % 4 === 1 ? digits.slice(0, -1) : digits;
  return Uint8Array.from(atob(whole), (character) => character.charCodeAt(0));
}

/** Bytes as hexadecimal digits. */
export const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

import { compareBytes } from '../compare-bytes.ts';

const encoder = new TextEncoder();

/** Maps have their keys in the order of their encodings: shorter ones first, since the head of a key says how long it is. */
export function compareKeys(a: string, b: string): number {
  return byteLength(a) - byteLength(b) || compareBytes(a, b);
}

function byteLength(text: string): number {
  for (let at = 0; at < text.length; at++)
    if (text.charCodeAt(at) > 0x7f) return encoder.encode(text).length;
  return text.length;
}

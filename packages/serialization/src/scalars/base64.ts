import { base64Of, bytesOfBase64 } from '../bytes.ts';
import type { Parsed } from './parsed.ts';

/** Bytes as base64 for URLs, without padding. */
export const base64UrlOfBytes = (bytes: Uint8Array): string =>
  base64Of(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

/** Reads base64 and gives it back in its one canonical form. Newlines are passed over. Behaviour: encoding/base64 StdEncoding. */
export function parseBase64(text: string): Parsed<string> {
  const encoded = base64Of(bytesOfBase64(text));
  if (encoded === text) return { value: encoded };
  const at = firstIllegal(text);
  return at === undefined
    ? { value: encoded }
    : { problem: `illegal base64 data at input byte ${at}` };
}

const isNewline = (character: string): boolean => character === '\n' || character === '\r';
const isDigit = (character: string): boolean => /[A-Za-z0-9+/]/.test(character);

/** Where Go's decoder stops. */
function firstIllegal(text: string): number | undefined {
  let inGroup = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (isNewline(character)) continue;
    if (isDigit(character)) inGroup = (inGroup + 1) % 4;
    else return character === '=' && inGroup >= 2 ? illegalPadding(text, at, inGroup) : at;
  }
  return inGroup === 0 ? undefined : text.length - inGroup;
}

/** The first `=` stands at `at`; after two digits there must be another, and after the last nothing. */
function illegalPadding(text: string, at: number, inGroup: number): number | undefined {
  let next = afterNewlines(text, at + 1);
  if (inGroup === 2) {
    if (next === text.length) return next;
    if (text.charAt(next) !== '=') return next - 1;
    next = afterNewlines(text, next + 1);
  }
  return next === text.length ? undefined : next;
}

function afterNewlines(text: string, start: number): number {
  let at = start;
  while (isNewline(text.charAt(at))) at++;
  return at;
}

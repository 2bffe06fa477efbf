import { goQuote } from '@keelson/api-machinery';
import { base64Of, hexOf } from '../bytes.ts';
import { base64UrlOfBytes } from '../scalars/base64.ts';
import { exactText } from '../utf8.ts';
import type { CborCursor } from './cbor-cursor.ts';
import { Failure, wordOf } from './cbor-error.ts';
import { majors } from './cbor-writer.ts';

/** The tag that says which text bytes become where they become text; it holds for all that is inside, but for what has one of its own. */
export type TextForm = number | undefined;

const [base64Url, base64, base16] = [21, 22, 23];
const textOfForm: ReadonlyMap<number, (bytes: Uint8Array) => string> = new Map([
  [base64Url, base64UrlOfBytes],
  [base64, base64Of],
  [base16, hexOf],
]);

/** Bytes as text, exactly. */
export const textOfBytes = (bytes: Uint8Array, form: TextForm): string =>
  textOfForm.get(form ?? 0)?.(bytes) ?? exactText(bytes);

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text of a string whose head was read. Each part must be UTF-8 by itself. */
export function textOfString(cursor: CborCursor): string | Failure {
  let text = '';
  let isBroken = false;
  for (const part of cursor.parts())
    try {
      text += strict.decode(part);
    } catch {
      // Its only fault is that it is no UTF-8; the parts behind it are passed over.
      isBroken = true;
    }
  return isBroken ? new Failure('cbor: invalid UTF-8 string') : text;
}

const stray = /(?<![\ud800-\udbff])([\udc80-\udcff])/;
const strays = new RegExp(stray, 'g');

/** An exact text as others may see it: bytes that are no characters become U+FFFD. */
export const shownText = (exact: string): string => exact.replace(strays, '\ufffd');

/** An exact text as Go quotes it. */
export function quotedText(exact: string): string {
  const parts = exact.split(stray).map((part, index) => {
    if (index % 2 === 0) return goQuote(part).slice(1, -1);
    return `\\x${(part.charCodeAt(0) - 0xdc00).toString(16)}`;
  });
  return `"${parts.join('')}"`;
}

/**
 * Passes over the tags before an item; gives the form of text that holds for it. Only some tags mean anything, and two of these are
 * wrong before most items: then the item is passed over, too.
 */
export function passTags(cursor: CborCursor, outer: TextForm): TextForm | Failure {
  let form = outer;
  cursor.tag = undefined;
  while (cursor.next === majors.tag) {
    cursor.readHead();
    const number = cursor.argument;
    cursor.tag = number;
    const wrong = wrongContent(number, cursor);
    if (wrong !== undefined) {
      cursor.skip();
      return wrong;
    }
    if (typeof number === 'number' && textOfForm.has(number)) form = number;
  }
  return form;
}

/** What tells a time must have a time in it. */
function wrongContent(tag: number | bigint, cursor: CborCursor): Failure | undefined {
  const { next } = cursor;
  const first = cursor.bytes[cursor.at] ?? 0;
  if (tag === 0 && next !== majors.text) return mustBe(0, 'text string', next);
  const isNumber = next <= majors.negative || (first >= 0xf9 && first <= 0xfb);
  return tag === 1 && !isNumber ? mustBe(1, 'integer or floating-point number', next) : undefined;
}

const mustBe = (tag: number, what: string, major: number): Failure =>
  new Failure(`cbor: tag number ${tag} must be followed by ${what}, got ${wordOf(major)}`);

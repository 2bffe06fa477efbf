import { parseWithBigints, parseWithRawNumbers, type JsonValue } from '@keelson/api-machinery';
import type { FieldType, TypeSchema } from '@keelson/kubernetes-api';
import { schemaOf } from '@keelson/kubernetes-api/schemas';
import { textOf } from './bytes.ts';
import { exactDigits, scanJson } from './scan-json.ts';

/** Parses the JSON that `encodeJson` or `encodeStoredJson` wrote of an object of a type: every number is the one that it was. */
export function parseEncoded(bytes: Uint8Array, schema: TypeSchema): JsonObject {
  const mayBeOdd = keepsTexts(schema) || hasLongNumber(bytes);
  return objectOf(mayBeOdd && scanJson(bytes).oddNumbers ? parseWithRawNumbers : JSON.parse, bytes);
}

/** The same as Go's maps have it: a number is a whole one of 64 bits, or what JavaScript has for it. */
export const parseUnstructured = (bytes: Uint8Array): JsonObject =>
  objectOf(hasLongNumber(bytes) ? parseWithBigints : JSON.parse, bytes);

type JsonObject = Record<string, JsonValue>;

// An object was encoded.
const objectOf = (parse: (text: string) => JsonValue, bytes: Uint8Array): JsonObject =>
  parse(textOf(bytes)) as JsonObject;

const zero = 0x30;
const nine = 0x39;
const isDigit = (byte: number | undefined): boolean =>
  byte !== undefined && byte >= zero && byte <= nine;

/** Whether there are so many digits in a row that they may be no number that is exact. Looks only where such a row could not hide. */
function hasLongNumber(bytes: Uint8Array): boolean {
  const { length } = bytes;
  for (let at = exactDigits; at < length; at += exactDigits + 1) {
    const byte = bytes[at] ?? 0;
    if (byte < zero || byte > nine) continue;
    let [from, to] = [at, at + 1];
    while (isDigit(bytes[from - 1])) from--;
    while (isDigit(bytes[to])) to++;
    if (to - from > exactDigits) return true;
  }
  return false;
}

const known = new Map<string, boolean>();

/** Whether a type has fields whose numbers keep their text. */
function keepsTexts({ id, fields }: TypeSchema): boolean {
  const found = known.get(id);
  if (found !== undefined) return found;
  // Types that hold themselves: what the rest says counts.
  known.set(id, false);
  const keeps = fields.some(({ type }) => isKept(type));
  known.set(id, keeps);
  return keeps;
}

function isKept(type: FieldType): boolean {
  if (typeof type === 'string') return type === 'raw' || type === 'json';
  if ('ref' in type) return keepsTexts(schemaOf(type.ref));
  return isKept('list' in type ? type.list : type.map);
}

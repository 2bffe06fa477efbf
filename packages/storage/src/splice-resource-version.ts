import type { Revision } from '@keelson/storage-backend';
import { endOfString, endOfValue, skipSpace } from './json-scan.ts';

/**
 * The JSON of a stored object with its resourceVersion in place and no newline at the end; `undefined` when `stored` is not
 * the JSON of an object with metadata. The input is not changed.
 *
 * Typed objects are written in Go's field order (kind first), where resourceVersion follows uid. Custom resources are
 * written with sorted keys (apiVersion first), where it follows all that sort before it.
 */
export function spliceResourceVersion(
  stored: Uint8Array,
  revision: Revision,
): Uint8Array | undefined {
  const bytes = Buffer.from(stored.buffer, stored.byteOffset, endWithoutSpace(stored));
  const metadata = findMetadata(bytes);
  if (metadata === undefined) return undefined;
  const place = placeIn(bytes, metadata, isSorted(bytes));
  if (place === undefined) return undefined;
  const text = `${place.before}"resourceVersion":"${revision}"${place.after}`;
  const result = new Uint8Array(place.from + text.length + bytes.length - place.to);
  result.set(bytes.subarray(0, place.from));
  for (let index = 0; index < text.length; index++)
    result[place.from + index] = text.charCodeAt(index);
  result.set(bytes.subarray(place.to), place.from + text.length);
  return result;
}

function endWithoutSpace(bytes: Uint8Array): number {
  let end = bytes.length;
  while (end > 0 && (bytes[end - 1] ?? 0) <= space) end--;
  return end;
}

const space = 0x20;
const quote = 0x22;
const comma = 0x2c;
const openBrace = 0x7b;
const closeBrace = 0x7d;

const metadataStart = Buffer.from('"metadata":{');

/** The offset of the brace that opens the metadata. */
function findMetadata(bytes: Buffer): number | undefined {
  if (bytes[0] !== openBrace) return undefined;
  const guess = bytes.indexOf(metadataStart);
  // Before it there can only be kind and apiVersion, which hold no braces, when this is the object's own metadata.
  if (
    guess > 0 &&
    guess < 400 &&
    bytes.indexOf(openBrace, 1) === guess + metadataStart.length - 1
  ) {
    return guess + metadataStart.length - 1;
  }
  for (const field of fieldsOf(bytes, 0)) {
    if (field.name === 'metadata')
      return bytes[field.value] === openBrace ? field.value : undefined;
  }
  return undefined;
}

function isSorted(bytes: Buffer): boolean {
  return bytes.subarray(1, 14).toString('latin1') === '"apiVersion":';
}

const beforeResourceVersion: ReadonlySet<string> = new Set([
  'name',
  'generateName',
  'namespace',
  'selfLink',
  'uid',
]);

interface Place {
  readonly from: number;
  readonly to: number;
  readonly before: string;
  readonly after: string;
}

function placeIn(bytes: Buffer, metadata: number, sorted: boolean): Place | undefined {
  let last = metadata + 1;
  let before = '';
  for (const field of fieldsOf(bytes, metadata)) {
    if (field.name === 'resourceVersion')
      return { from: field.start, to: field.end, before: '', after: '' };
    const precedes = sorted
      ? field.name < 'resourceVersion'
      : beforeResourceVersion.has(field.name);
    if (!precedes) return { from: field.start, to: field.start, before: '', after: ',' };
    last = field.end;
    before = ',';
  }
  return bytes[skipSpace(bytes, last)] === closeBrace
    ? { from: last, to: last, before, after: '' }
    : undefined;
}

interface Field {
  readonly name: string;
  readonly start: number;
  readonly value: number;
  readonly end: number;
}

/** The members of the object whose brace opens at `open`, up to the first thing that is not JSON. */
function* fieldsOf(bytes: Buffer, open: number): Generator<Field> {
  let position = skipSpace(bytes, open + 1);
  while (bytes[position] === quote) {
    const nameEnd = endOfString(bytes, position);
    const value = skipSpace(bytes, skipSpace(bytes, nameEnd) + 1);
    const end = endOfValue(bytes, value);
    if (end > bytes.length) return;
    yield { name: bytes.toString('utf8', position + 1, nameEnd - 1), start: position, value, end };
    position = skipSpace(bytes, end);
    if (bytes[position] !== comma) return;
    position = skipSpace(bytes, position + 1);
  }
}

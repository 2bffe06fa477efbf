import { canonicalQuantity } from '@keelson/api-machinery';
import type { ScalarType } from '@keelson/kubernetes-api';
import { base64Of } from '../bytes.ts';
import { parseRaw } from '../parse-raw.ts';
import { WireError, wireTypes, type WireReader } from './wire.ts';

/** Reads the value of a field whose tag was read. */
export type ScalarReader = (reader: WireReader, tag: number, limit: number) => unknown;

export function expectWireType(tag: number, expected: number): void {
  if ((tag & 7) !== expected) throw new WireError(`proto: wrong wireType = ${tag & 7}`);
}

const varint =
  (read: (reader: WireReader) => unknown): ScalarReader =>
  (reader, tag) => {
    expectWireType(tag, wireTypes.varint);
    return read(reader);
  };
const delimited =
  (read: (reader: WireReader, end: number) => unknown): ScalarReader =>
  (reader, tag, limit) => {
    expectWireType(tag, wireTypes.bytes);
    return read(reader, reader.end(limit));
  };

/** The numbers and texts of a message of up to three fields, in which Kubernetes wraps some scalars. */
function partsOf(reader: WireReader, end: number): readonly (number | string | undefined)[] {
  const parts: (number | string | undefined)[] = [];
  while (reader.at < end) {
    const tag = reader.tag();
    const number = tag >>> 3;
    if (number > 3) reader.skip(tag);
    else if ((tag & 7) === wireTypes.varint) parts[number] = Number(reader.int64());
    else if ((tag & 7) === wireTypes.bytes) parts[number] = reader.textTo(reader.end(end));
    else reader.skip(tag);
  }
  reader.mustBeAt(end);
  return parts;
}

const numberAt = (parts: readonly (number | string | undefined)[], at: number): number => {
  const part = parts[at];
  return typeof part === 'number' ? part : 0;
};
const textAt = (parts: readonly (number | string | undefined)[], at: number): string => {
  const part = parts[at];
  return typeof part === 'string' ? part : '';
};

/** The years that RFC 3339 can write, in seconds. */
const [firstSecond, lastSecond] = [-62167219200, 253402300799];
const zeroSecond = -62135596800;

/** Null for the time that Go calls zero: an empty message, or the first second of the first year. */
function time(reader: WireReader, end: number, micro: boolean): string | null {
  if (reader.at === end) return null;
  const parts = partsOf(reader, end);
  const seconds = numberAt(parts, 1);
  const nanos = micro ? numberAt(parts, 2) : 0;
  if (seconds < firstSecond || seconds > lastSecond)
    throw new WireError('year outside of range [0,9999]');
  if (seconds === zeroSecond && nanos === 0) return null;
  const text = secondText(seconds);
  if (!micro) return `${text}Z`;
  return `${text}.${String(Math.floor(nanos / 1000)).padStart(6, '0')}Z`;
}

const texts = new Map<number, string>();
const textLimit = 500;

/** An object's times are often the same few: they are remembered. */
function secondText(seconds: number): string {
  const known = texts.get(seconds);
  if (known !== undefined) return known;
  const text = new Date(seconds * 1000).toISOString().slice(0, 19);
  if (texts.size >= textLimit) texts.clear();
  texts.set(seconds, text);
  return text;
}

function quantity(reader: WireReader, end: number): string {
  const text = textAt(partsOf(reader, end), 1);
  const canonical = canonicalQuantity(text === '' ? '0' : text);
  if (canonical !== undefined) return canonical;
  throw new WireError(
    "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
  );
}

function intOrString(reader: WireReader, end: number): number | string {
  const parts = partsOf(reader, end);
  return numberAt(parts, 1) === 0 ? numberAt(parts, 2) : textAt(parts, 3);
}

function json(reader: WireReader, end: number): unknown {
  const text = textAt(partsOf(reader, end), 1);
  if (text === '') return null;
  try {
    return parseRaw(text);
  } catch {
    throw new WireError('a field that holds JSON does not');
  }
}

/** Fields that cannot be read are no reason to refuse an object: whoever looks at them sees a step that is none. */
function fields(reader: WireReader, end: number): unknown {
  const text = textAt(partsOf(reader, end), 1);
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return { unreadable: {} };
  }
}

/** Readers of scalars, as JSON has them. Null stands for nothing. */
export const scalarReaders: Readonly<Record<ScalarType, ScalarReader>> = {
  string: delimited((reader, end) => reader.textTo(end)),
  bytes: delimited((reader, end) => base64Of(reader.take(end))),
  int32: varint((reader) => reader.int32()),
  int64: varint((reader) => reader.int64()),
  boolean: varint((reader) => reader.varint() !== 0),
  double: (reader, tag) => {
    expectWireType(tag, wireTypes.fixed64);
    return reader.double();
  },
  time: delimited((reader, end) => time(reader, end, false)),
  microtime: delimited((reader, end) => time(reader, end, true)),
  quantity: delimited(quantity),
  intorstring: delimited(intOrString),
  raw: delimited(json),
  fieldsv1: delimited(fields),
  json: delimited(json),
};

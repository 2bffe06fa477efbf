import type { FieldType, ScalarType } from '@keelson/kubernetes-api';
import { base64Of } from '../bytes.ts';
import { parseRaw } from '../parse-raw.ts';
import { parseBareQuantity } from '../scalars/quantity.ts';
import { expectWireType, WireError, wireTypes, type WireReader } from './wire.ts';

/** Reads a field whose tag was read; `before` is what the field held already, and `field` its name in Go. */
export type ScalarReader = (
  reader: WireReader,
  tag: number,
  field: string,
  before: unknown,
) => unknown;

const varint =
  (read: (reader: WireReader) => unknown): ScalarReader =>
  (reader, tag, field) => {
    expectWireType(tag, wireTypes.varint, field);
    return read(reader);
  };
const delimited =
  (read: (reader: WireReader, end: number, before: unknown) => unknown): ScalarReader =>
  (reader, tag, field, before) => {
    expectWireType(tag, wireTypes.bytes, field);
    return read(reader, reader.end(), before);
  };

const text = delimited((reader, end) => reader.textTo(end));
const int64 = varint((reader) => reader.int64());
const int32 = varint((reader) => reader.int32());

/** A message of a few numbers and texts, in which Kubernetes wraps some scalars. */
interface Parts {
  readonly message: string;
  /** By their numbers, from 1. */
  readonly fields: readonly { readonly name: string; readonly read: ScalarReader }[];
}

const timestamp: Parts = {
  message: 'Timestamp',
  fields: [
    { name: 'Seconds', read: int64 },
    { name: 'Nanos', read: int32 },
  ],
};
const quantityParts: Parts = {
  message: 'Quantity',
  fields: [
    {
      name: 'String_',
      read: delimited((reader, end) => {
        const parsed = parseBareQuantity(reader.textTo(end));
        if ('problem' in parsed) throw new WireError(parsed.problem);
        return parsed.value;
      }),
    },
  ],
};
const intOrStringParts: Parts = {
  message: 'IntOrString',
  fields: [
    { name: 'Type', read: int64 },
    { name: 'IntVal', read: int32 },
    { name: 'StrVal', read: text },
  ],
};
const rawParts = (message: string): Parts => ({ message, fields: [{ name: 'Raw', read: text }] });

/** What is in such a message, by its fields' places. */
function partsOf(reader: WireReader, end: number, { message, fields }: Parts): readonly unknown[] {
  const parts: unknown[] = [];
  const outer = reader.enter(end);
  while (reader.at < end) {
    const tag = reader.tag(message);
    const index = (tag >>> 3) - 1;
    const field = fields[index];
    if (field === undefined) reader.skip(tag);
    else parts[index] = field.read(reader, tag, field.name, undefined);
  }
  reader.leave(outer);
  return parts;
}

/** The years that RFC 3339 can write, in seconds. */
const [firstSecond, lastSecond] = [-62167219200, 253402300799];
const zeroSecond = -62135596800;

/** Null for the time that Go calls zero: an empty message, or the first second of the first year. */
function time(reader: WireReader, end: number, micro: boolean): string | null {
  if (reader.at === end) return null;
  const parts = partsOf(reader, end, timestamp);
  const micros = micro ? Math.trunc(Number(parts[1] ?? 0) / 1000) : 0;
  const seconds = Number(parts[0] ?? 0) + Math.floor(micros / 1e6);
  if (seconds < firstSecond || seconds > lastSecond)
    throw new WireError('year outside of range [0,9999]');
  const left = micros - Math.floor(micros / 1e6) * 1e6;
  if (seconds === zeroSecond && left === 0) return null;
  const text = secondText(seconds);
  return micro ? `${text}.${String(left).padStart(6, '0')}Z` : `${text}Z`;
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

const quantity = (reader: WireReader, end: number, before: unknown): unknown =>
  partsOf(reader, end, quantityParts)[0] ?? before ?? '0';

function intOrString(reader: WireReader, end: number, before: unknown): unknown {
  const parts = partsOf(reader, end, intOrStringParts);
  const wasText = typeof before === 'string';
  const type = parts[0] ?? (wasText ? 1 : 0);
  const number = parts[1] ?? (wasText ? 0 : (before ?? 0));
  const text = parts[2] ?? (wasText ? before : '');
  return type === 0 ? number : text;
}

function json(message: string, parse: (text: string) => unknown) {
  const parts = rawParts(message);
  return (reader: WireReader, end: number, before: unknown): unknown => {
    const text = partsOf(reader, end, parts)[0];
    if (typeof text !== 'string') return before;
    return text === '' ? null : parse(text);
  };
}

function parse(text: string): unknown {
  try {
    return parseRaw(text);
  } catch {
    throw new WireError('a field that holds JSON does not');
  }
}

/** Fields that cannot be read are no reason to refuse an object: whoever looks at them sees a step that is none. */
function parseFields(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return { unreadable: {} };
  }
}

/** Readers of scalars, as JSON has them. Null stands for nothing. */
export const scalarReaders: Readonly<Record<ScalarType, ScalarReader>> = {
  string: text,
  bytes: delimited((reader, end) => base64Of(reader.take(end))),
  int32,
  int64,
  boolean: varint((reader) => reader.int64() !== 0),
  double: (reader, tag, field) => {
    expectWireType(tag, wireTypes.fixed64, field);
    return reader.double();
  },
  time: delimited((reader, end) => time(reader, end, false)),
  microtime: delimited((reader, end) => time(reader, end, true)),
  quantity: delimited(quantity),
  intorstring: delimited(intOrString),
  raw: delimited(json('RawExtension', parse)),
  fieldsv1: delimited(json('FieldsV1', parseFields)),
  json: delimited(json('JSON', parse)),
};

/** The wire type of a field of a type. */
export function wireTypeOf(type: FieldType): number {
  if (type === 'int32' || type === 'int64' || type === 'boolean') return wireTypes.varint;
  return type === 'double' ? wireTypes.fixed64 : wireTypes.bytes;
}

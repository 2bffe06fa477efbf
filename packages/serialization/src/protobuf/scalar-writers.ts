import type { Int64 } from '@keelson/api-machinery';
import type { ScalarType } from '@keelson/kubernetes-api';
import { valueText } from '../json-text.ts';
import { bytesOfBase64 } from '../bytes.ts';
import { wireTypes } from './wire.ts';
import type { WireWriter } from './wire-writer.ts';

/** Writes a value as a field of a number. */
export type FieldWriter = (writer: WireWriter, number: number, value: unknown) => void;

const varint: FieldWriter = (writer, number, value) => {
  writer.varint(value as Int64);
  writer.tag(number, wireTypes.varint);
};

const bytes = (writer: WireWriter, number: number, value: Uint8Array): void => {
  writer.bytes(value);
  writer.varint(value.length);
  writer.tag(number, wireTypes.bytes);
};

/** A time is a message of seconds and nanoseconds; the time that Go calls zero is an empty one. */
function time(writer: WireWriter, number: number, text: unknown): void {
  const before = writer.size;
  if (typeof text === 'string') {
    writer.varint(nanosOf(text));
    writer.tag(2, wireTypes.varint);
    writer.varint(Math.floor(Date.parse(text) / 1000));
    writer.tag(1, wireTypes.varint);
  }
  writer.delimit(number, before);
}

/** Times with microseconds have six digits after the point, others none. */
function nanosOf(text: string): number {
  const point = text.indexOf('.');
  return point < 0 ? 0 : Number(text.slice(point + 1, point + 7).padEnd(6, '0')) * 1000;
}

/** A JSON value in a message of its own. */
const json: FieldWriter = (writer, number, value) => {
  const before = writer.size;
  if (value !== null) writer.textField(1, valueText(value));
  writer.delimit(number, before);
};

const intOrString: FieldWriter = (writer, number, value) => {
  const before = writer.size;
  const isText = typeof value === 'string';
  writer.textField(3, isText ? value : '');
  varint(writer, 2, isText ? 0 : value);
  varint(writer, 1, isText ? 1 : 0);
  writer.delimit(number, before);
};

export const scalarWriters: Readonly<Record<ScalarType, FieldWriter>> = {
  string: (writer, number, value) => writer.textField(number, value as string),
  bytes: (writer, number, value) => bytes(writer, number, bytesOfBase64(value as string)),
  int32: varint,
  int64: varint,
  boolean: (writer, number, value) => varint(writer, number, value === true ? 1 : 0),
  double: (writer, number, value) => {
    writer.double(Number(value), true);
    writer.tag(number, wireTypes.fixed64);
  },
  time,
  microtime: time,
  quantity: (writer, number, value) => {
    const before = writer.size;
    writer.textField(1, String(value));
    writer.delimit(number, before);
  },
  intorstring: intOrString,
  raw: json,
  fieldsv1: json,
  json,
};

/** What Go writes for a scalar that is no pointer and was not given; bytes are then none. */
export const scalarZeros: Readonly<Record<ScalarType, unknown>> = {
  string: '',
  bytes: undefined,
  int32: 0,
  int64: 0,
  boolean: false,
  double: 0,
  time: null,
  microtime: null,
  quantity: '0',
  intorstring: 0,
  raw: null,
  fieldsv1: null,
  json: null,
};

import type { Int64 } from '@keelson/api-machinery';
import type { FieldSchema, FieldType, ScalarType, TypeSchema } from '@keelson/kubernetes-api';
import { schemaOf } from '@keelson/kubernetes-api/schemas';
import { absentValue, nothingOf } from '../json-reader.ts';
import { emptinessOf, isEmpty, type Emptiness } from '../emptiness.ts';
import { bytesOfBase64 } from '../bytes.ts';
import { base64Tag, majors, type CborWriter } from './cbor-writer.ts';
import { compareKeys } from './key-order.ts';
import { writeList, writeMap, writeValue } from './value-writer.ts';

/** Writes a value that is there. */
type ValueWriter = (writer: CborWriter, value: unknown) => void;

interface FieldWriter {
  readonly name: string;
  readonly write: ValueWriter;
  /** What is written for a field that is not there; undefined: nothing. */
  readonly absent: (() => unknown) | undefined;
  readonly empty: Emptiness;
}

const writers = new Map<string, ValueWriter>();

/**
 * The writer of a type's objects: the fields that JSON has, in the order of their encoded names.
 * Behaviour: k8s.io/apimachinery runtime/serializer/cbor, v0.37.
 */
export function objectWriterOf(schema: TypeSchema): ValueWriter {
  const known = writers.get(schema.id);
  if (known !== undefined) return known;
  let fields: readonly FieldWriter[] | undefined;
  const write: ValueWriter = (writer, value) =>
    writeFields((fields ??= fieldWriters(schema)), writer, value as object);
  writers.set(schema.id, write);
  return write;
}

/** The last field first, as all is written. */
const fieldWriters = ({ fields }: TypeSchema): readonly FieldWriter[] =>
  fields.toSorted((a, b) => compareKeys(b.name, a.name)).map(fieldWriter);

const fieldWriter = (field: FieldSchema): FieldWriter => ({
  name: field.name,
  write: valueWriter(field.type),
  absent: absentValue(field),
  empty: emptinessOf(field, 'exact'),
});

function writeFields(fields: readonly FieldWriter[], writer: CborWriter, object: object): void {
  let count = 0;
  for (const { name, write, absent, empty } of fields) {
    const content = (object as Readonly<Record<string, unknown>>)[name];
    const isAbsent = content === undefined || content === null || isEmpty(content, empty);
    if (isAbsent && absent === undefined) continue;
    const value = isAbsent ? absent?.() : content;
    if (value === null) writer.null();
    else write(writer, value);
    writer.string(name);
    count++;
  }
  writer.head(majors.map, count);
}

function valueWriter(type: FieldType): ValueWriter {
  if (typeof type === 'string') return scalarWriters[type];
  if ('ref' in type) return objectWriterOf(schemaOf(type.ref));
  const item = 'list' in type ? type.list : type.map;
  const write = orNothing(valueWriter(item), nothingOf(item));
  return 'list' in type
    ? (writer, value) => writeList(writer, value as readonly unknown[], write)
    : (writer, value) => writeMap(writer, value as object, write);
}

/** A null among items is what Go makes of it. */
const orNothing =
  (write: ValueWriter, nothing: () => unknown): ValueWriter =>
  (writer, value) => {
    const known = value ?? nothing();
    if (known === null) writer.null();
    else write(writer, known);
  };

const text: ValueWriter = (writer, value) => writer.string(value as string);
const integer: ValueWriter = (writer, value) => writer.integer(value as Int64);

const scalarWriters: Readonly<Record<ScalarType, ValueWriter>> = {
  string: text,
  bytes: (writer, value) => {
    const bytes = bytesOfBase64(value as string);
    writer.bytes(bytes);
    writer.head(majors.bytes, bytes.length);
    writer.head(majors.tag, base64Tag);
  },
  int32: integer,
  int64: integer,
  double: (writer, value) => writer.fraction(Number(value)),
  boolean: (writer, value) => writer.boolean(value as boolean),
  time: text,
  microtime: text,
  quantity: (writer, value) => writer.string(String(value)),
  intorstring: writeValue,
  raw: writeValue,
  fieldsv1: writeValue,
  json: writeValue,
};

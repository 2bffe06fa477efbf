import { scalarWriters, type FieldWriter } from './scalar-writers.ts';
import { wireTypes, WireError, type WireReader } from './wire.ts';
import type { WireWriter } from './wire-writer.ts';

/** What the schemas of custom resources nest. */
export const schemaPropsId = 'apiextensions/v1.JSONSchemaProps';

/** Writers of what JSON has as a schema or something else, and protobuf as a message of both, by the message's name. */
export function schemaUnionWriters(writeSchema: FieldWriter): ReadonlyMap<string, FieldWriter> {
  const asMessage =
    (write: (writer: WireWriter, value: unknown) => void): FieldWriter =>
    (writer, number, value) => {
      const before = writer.size;
      if (value !== null) write(writer, value);
      writer.delimit(number, before);
    };
  const items = (writer: WireWriter, values: readonly unknown[], write: FieldWriter): void => {
    for (const value of values.toReversed()) write(writer, 2, value);
  };
  return new Map([
    [
      'JSONSchemaPropsOrArray',
      asMessage((writer, value) => {
        if (Array.isArray(value)) items(writer, value, writeSchema);
        else writeSchema(writer, 1, value);
      }),
    ],
    [
      'JSONSchemaPropsOrBool',
      asMessage((writer, value) => {
        if (typeof value === 'object') writeSchema(writer, 2, value);
        scalarWriters.boolean(writer, 1, value !== false);
      }),
    ],
    [
      'JSONSchemaPropsOrStringArray',
      asMessage((writer, value) => {
        if (Array.isArray(value)) items(writer, value, scalarWriters.string);
        else writeSchema(writer, 1, value);
      }),
    ],
  ]);
}

/** Reads a message that ends where it says. */
export type MessageReader = (reader: WireReader, end: number) => unknown;

/** Readers of the same, from the inside of their messages. */
export function schemaUnionReaders(readSchema: MessageReader): ReadonlyMap<string, MessageReader> {
  const orList = (readItem: MessageReader): MessageReader => {
    return (reader, end) => {
      let schema: unknown;
      const list: unknown[] = [];
      eachField(reader, end, {
        1: (inner) => (schema = readSchema(reader, inner)),
        2: (inner) => list.push(readItem(reader, inner)),
      });
      return list.length > 0 ? list : (schema ?? null);
    };
  };
  return new Map([
    ['JSONSchemaPropsOrArray', orList(readSchema)],
    ['JSONSchemaPropsOrStringArray', orList(textTo)],
    ['JSONSchemaPropsOrBool', orBool(readSchema)],
  ]);
}

const textTo: MessageReader = (reader, end) => reader.textTo(end);

const orBool =
  (readSchema: MessageReader): MessageReader =>
  (reader, end) => {
    let schema: unknown;
    let allows = false;
    while (reader.at < end) {
      const tag = reader.tag();
      if (tag === 8 + wireTypes.varint) allows = reader.varint() !== 0;
      else if (tag === 16 + wireTypes.bytes) schema = readSchema(reader, reader.end(end));
      else reader.skip(tag);
    }
    reader.mustBeAt(end);
    return schema ?? allows;
  };

/** Hands each length-delimited field on to what reads it. */
export function eachField(
  reader: WireReader,
  end: number,
  read: Readonly<Record<number, (end: number) => unknown>>,
): void {
  while (reader.at < end) {
    const tag = reader.tag();
    const handle = read[tag >>> 3];
    if (handle === undefined) reader.skip(tag);
    else if ((tag & 7) !== wireTypes.bytes)
      throw new WireError(`proto: wrong wireType = ${tag & 7}`);
    else handle(reader.end(end));
  }
  reader.mustBeAt(end);
}

import { eachField } from './each-field.ts';
import { scalarWriters, type FieldWriter } from './scalar-writers.ts';
import { expectWireType, wireTypes, type WireReader } from './wire.ts';
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

/** Reads a message that ends where it says, into what came before of it. */
export type MessageReader = (reader: WireReader, end: number, before: unknown) => unknown;

/** Readers of the same, from the inside of their messages. */
export function schemaUnionReaders(readSchema: MessageReader): ReadonlyMap<string, MessageReader> {
  const schemas = { name: 'JSONSchemas', read: readSchema };
  const properties = { name: 'Property', read: textTo };
  return new Map([
    ['JSONSchemaPropsOrArray', orList('JSONSchemaPropsOrArray', readSchema, schemas)],
    [
      'JSONSchemaPropsOrStringArray',
      orList('JSONSchemaPropsOrStringArray', readSchema, properties),
    ],
    ['JSONSchemaPropsOrBool', orBool(readSchema)],
  ]);
}

const textTo: MessageReader = (reader, end) => reader.textTo(end);

/** Those of a schema, or of a list. */
function orList(
  message: string,
  readSchema: MessageReader,
  items: { readonly name: string; readonly read: MessageReader },
): MessageReader {
  return (reader, end) => {
    let schema: unknown;
    const list: unknown[] = [];
    eachField(reader, end, message, (tag) => {
      const number = tag >>> 3;
      if (number !== 1 && number !== 2) return false;
      expectWireType(tag, wireTypes.bytes, number === 1 ? 'Schema' : items.name);
      if (number === 1) schema = readSchema(reader, reader.end(), schema);
      else list.push(items.read(reader, reader.end(), undefined));
      return true;
    });
    return list.length > 0 ? list : (schema ?? null);
  };
}

const orBool =
  (readSchema: MessageReader): MessageReader =>
  (reader, end) => {
    let schema: unknown;
    let allows = false;
    eachField(reader, end, 'JSONSchemaPropsOrBool', (tag) => {
      const number = tag >>> 3;
      if (number === 1) {
        expectWireType(tag, wireTypes.varint, 'Allows');
        allows = reader.int64() !== 0;
      } else if (number === 2) {
        expectWireType(tag, wireTypes.bytes, 'Schema');
        schema = readSchema(reader, reader.end(), schema);
      }
      return number === 1 || number === 2;
    });
    return schema ?? allows;
  };

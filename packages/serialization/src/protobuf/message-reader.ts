import type { FieldSchema, FieldType, TypeSchema } from '@keelson/kubernetes-api';
import { schemaOf } from '@keelson/kubernetes-api/schemas';
import { goFieldName } from '../go-type-name.ts';
import { objectOf, slotsOf, type Slot } from '../slots.ts';
import { eachField } from './each-field.ts';
import { mapReader } from './map-reader.ts';
import { isEmbedded, isWrappedList, messageFields, protoName } from './message-fields.ts';
import type { MessageField } from './message-fields.ts';
import { scalarReaders, type ScalarReader } from './scalar-values.ts';
import { schemaPropsId, schemaUnionReaders } from './schema-unions.ts';
import type { MessageReader } from './schema-unions.ts';
import { expectWireType, WireReader, wireTypes, wrongWireType } from './wire.ts';

/** Reads a field whose tag was read, and adds it to what the field had before. */
type FieldReader = ScalarReader;

/** What to do with each field number of a message. */
interface Plan {
  /** The message's name in Go. */
  readonly message: string;
  readonly fields: readonly (PlannedField | undefined)[];
}
interface PlannedField {
  /** Where the field stands among the object's own. */
  readonly slot: number;
  /** Its name in Go. */
  readonly name: string;
  readonly read: FieldReader;
  /** For a message of fields that are the object's own. */
  readonly inner: Plan | undefined;
}

const readers = new Map<string, MessageReader>();

/** Reads a message of a type: in Go's field order, with what Go always writes, as if it had come as JSON. Throws WireError. */
export function readMessage(bytes: Uint8Array, schema: TypeSchema): Record<string, unknown> {
  const reader = new WireReader(bytes);
  // A reader of messages makes objects.
  return messageReaderOf(schema)(reader, bytes.length, undefined) as Record<string, unknown>;
}

function messageReaderOf(schema: TypeSchema): MessageReader {
  const known = readers.get(schema.id);
  if (known !== undefined) return known;
  let plan: Plan | undefined;
  let slots: readonly Slot[] | undefined;
  let empty: readonly unknown[] = [];
  const read: MessageReader = (reader, end, before) => {
    plan ??= planOf(schema.name, messageFields(schema), schema);
    if (slots === undefined) {
      slots = slotsOf(schema);
      empty = slots.map(() => undefined);
    }
    const values = before === undefined ? empty.slice() : valuesOf(slots, before);
    readFields(reader, end, plan, values);
    return objectOf(slots, values);
  };
  readers.set(schema.id, read);
  return read;
}

/** What came of a message before: the same one may come in parts. */
const valuesOf = (slots: readonly Slot[], before: unknown): unknown[] =>
  slots.map(({ name }) => (before as Readonly<Record<string, unknown>>)[name] ?? undefined);

function planOf(message: string, fields: readonly MessageField[], schema: TypeSchema): Plan {
  const planned: PlannedField[] = [];
  for (const one of fields) {
    planned[one.number] = isEmbedded(one)
      ? { slot: -1, name: one.name, read: never, inner: planOf(one.name, one.fields, schema) }
      : {
          slot: schema.fields.indexOf(one.field),
          name: goFieldName(one.field),
          read: fieldReader(one.field),
          inner: undefined,
        };
  }
  return { message, fields: planned };
}

const never: FieldReader = () => undefined;

function readFields(
  reader: WireReader,
  end: number,
  { message, fields }: Plan,
  values: unknown[],
): void {
  // As `eachField`, without a function for each message: this is where the time goes.
  const outer = reader.enter(end);
  while (reader.at < end) {
    const tag = reader.tag(message);
    const field = fields[tag >>> 3];
    if (field === undefined) reader.skip(tag);
    else if (field.inner === undefined)
      values[field.slot] = field.read(reader, tag, field.name, values[field.slot]);
    else {
      expectWireType(tag, wireTypes.bytes, field.name);
      readFields(reader, reader.end(), field.inner, values);
    }
  }
  reader.leave(outer);
}

function fieldReader(field: FieldSchema): FieldReader {
  const { type } = field;
  if (typeof type === 'string') return unionOr(type, protoName(field));
  if ('list' in type)
    return isWrappedList(field)
      ? wrappedReader(protoName(field), type.list)
      : listReader(type.list);
  if ('map' in type) {
    const [, item = ''] = /^map<string, (.*)>$/.exec(protoName(field)) ?? [];
    return mapReader(mapItemReader(type.map, item), type.map);
  }
  return valueReader(type);
}

const unions = schemaUnionReaders((reader, end, before) =>
  messageReaderOf(schemaOf(schemaPropsId))(reader, end, before),
);

function unionOr(type: Extract<FieldType, string>, name: string): FieldReader {
  const read = type === 'json' ? unions.get(name) : undefined;
  return read === undefined ? scalarReaders[type] : messageField(read);
}

const mapItemReader = (type: FieldType, name: string): FieldReader =>
  typeof type === 'object' && 'list' in type
    ? wrappedReader(name, type.list)
    : typeof type === 'string'
      ? unionOr(type, name)
      : valueReader(type);

/** Of a message that `read` reads from the inside. */
const messageField =
  (read: MessageReader): FieldReader =>
  (reader, tag, field, before) => {
    expectWireType(tag, wireTypes.bytes, field);
    return read(reader, reader.end(), before);
  };

function valueReader(type: FieldType): FieldReader {
  if (typeof type === 'string') return scalarReaders[type];
  if ('list' in type) return listReader(type.list);
  if ('map' in type) return mapReader(valueReader(type.map), type.map);
  return messageField(messageReaderOf(schemaOf(type.ref)));
}

function listReader(item: FieldType): FieldReader {
  const read = valueReader(item);
  const isNumber = item === 'int32' || item === 'int64' || item === 'boolean';
  return (reader, tag, field, before) => {
    const list = (before ?? []) as unknown[];
    const wireType = tag & 7;
    if (isNumber && wireType === wireTypes.bytes) {
      // Numbers in a row; the last may go beyond their end, as Go has it.
      const end = reader.end();
      while (reader.at < end) list.push(read(reader, wireTypes.varint, field, undefined));
    } else if (isNumber && wireType !== wireTypes.varint) throw wrongWireType(tag, field);
    else list.push(read(reader, tag, field, undefined) ?? null);
    return list;
  };
}

/** A message whose first field is the list. */
function wrappedReader(name: string, item: FieldType): FieldReader {
  const read = listReader(item);
  const message = name.split('.').at(-1) ?? '';
  return messageField((reader, end, before) => {
    let list: unknown = before ?? [];
    eachField(reader, end, message, (tag) => {
      if (tag >>> 3 !== 1) return false;
      list = read(reader, tag, 'Items', list);
      return true;
    });
    return list;
  });
}

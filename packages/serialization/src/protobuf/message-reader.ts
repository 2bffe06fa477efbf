import type { FieldSchema, FieldType, TypeSchema } from '@keelson/kubernetes-api';
import { schemaOf } from '@keelson/kubernetes-api/schemas';
import { nothingOf } from '../json-reader.ts';
import { defineOwn } from '../own-property.ts';
import { objectOf, slotsOf, type Slot } from '../slots.ts';
import { isEmbedded, isWrappedList, messageFields, protoName } from './message-fields.ts';
import type { MessageField } from './message-fields.ts';
import { expectWireType, scalarReaders } from './scalar-values.ts';
import { schemaPropsId, schemaUnionReaders } from './schema-unions.ts';
import type { MessageReader } from './schema-unions.ts';
import { WireError, WireReader, wireTypes } from './wire.ts';

/** Reads a field whose tag was read, and adds it to what the field had before. */
type FieldReader = (reader: WireReader, tag: number, limit: number, before: unknown) => unknown;

/** What to do with each field number. */
type Plan = readonly (PlannedField | undefined)[];
interface PlannedField {
  /** Where the field stands among the object's own. */
  readonly slot: number;
  readonly read: FieldReader;
  /** For a message of fields that are the object's own. */
  readonly inner: Plan | undefined;
}

/** How deep messages may be nested. */
const maxDepth = 1000;

const readers = new Map<string, MessageReader>();

/** Reads a message of a type: in Go's field order, with what Go always writes, as if it had come as JSON. Throws WireError. */
export function readMessage(bytes: Uint8Array, schema: TypeSchema): Record<string, unknown> {
  return messageReaderOf(schema)(new WireReader(bytes), bytes.length) as Record<string, unknown>;
}

function messageReaderOf(schema: TypeSchema): MessageReader {
  const known = readers.get(schema.id);
  if (known !== undefined) return known;
  let plan: Plan | undefined;
  let slots: readonly Slot[] | undefined;
  let empty: readonly unknown[] = [];
  const read: MessageReader = (reader, end) => {
    plan ??= planOf(messageFields(schema), schema);
    if (slots === undefined) {
      slots = slotsOf(schema);
      empty = slots.map(() => undefined);
    }
    if (++reader.depth > maxDepth) throw new WireError('exceeded max depth');
    const values = empty.slice();
    readFields(reader, end, plan, values);
    reader.depth--;
    return objectOf(slots, values);
  };
  readers.set(schema.id, read);
  return read;
}

function planOf(fields: readonly MessageField[], schema: TypeSchema): Plan {
  const plan: PlannedField[] = [];
  for (const one of fields) {
    plan[one.number] = isEmbedded(one)
      ? { slot: -1, read: never, inner: planOf(one.fields, schema) }
      : {
          slot: schema.fields.indexOf(one.field),
          read: fieldReader(one.field),
          inner: undefined,
        };
  }
  return plan;
}

const never: FieldReader = () => undefined;

function readFields(reader: WireReader, end: number, plan: Plan, values: unknown[]): void {
  while (reader.at < end) {
    const tag = reader.tag();
    const field = plan[tag >>> 3];
    if (field === undefined) reader.skip(tag);
    else if (field.inner === undefined)
      values[field.slot] = field.read(reader, tag, end, values[field.slot]);
    else {
      expectWireType(tag, wireTypes.bytes);
      readFields(reader, reader.end(end), field.inner, values);
    }
  }
  reader.mustBeAt(end);
}

function fieldReader(field: FieldSchema): FieldReader {
  const { type } = field;
  if (typeof type === 'string') return unionOr(type, protoName(field));
  if ('list' in type)
    return isWrappedList(field) ? wrappedReader(type.list) : listReader(type.list);
  if ('map' in type) {
    const [, item = ''] = /^map<string, (.*)>$/.exec(protoName(field)) ?? [];
    return mapReader(mapItemReader(type.map, item), type.map);
  }
  return valueReader(type);
}

const unions = schemaUnionReaders((reader, end) =>
  messageReaderOf(schemaOf(schemaPropsId))(reader, end),
);

function unionOr(type: Extract<FieldType, string>, name: string): FieldReader {
  const read = type === 'json' ? unions.get(name) : undefined;
  return read === undefined ? scalarReaders[type] : messageField(read);
}

const mapItemReader = (type: FieldType, name: string): FieldReader =>
  typeof type === 'object' && 'list' in type
    ? wrappedReader(type.list)
    : typeof type === 'string'
      ? unionOr(type, name)
      : valueReader(type);

/** Of a message that `read` reads from the inside. */
const messageField =
  (read: MessageReader): FieldReader =>
  (reader, tag, limit) => {
    expectWireType(tag, wireTypes.bytes);
    return read(reader, reader.end(limit));
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
  return (reader, tag, limit, before) => {
    const list = (before ?? []) as unknown[];
    if (!isNumber || (tag & 7) !== wireTypes.bytes)
      list.push(read(reader, tag, limit, undefined) ?? null);
    else {
      const end = reader.end(limit);
      while (reader.at < end) list.push(read(reader, wireTypes.varint, end, undefined));
      reader.mustBeAt(end);
    }
    return list;
  };
}

/** A message whose first field is the list. */
function wrappedReader(item: FieldType): FieldReader {
  const read = listReader(item);
  return messageField((reader, end) => {
    let list: unknown = [];
    while (reader.at < end) {
      const tag = reader.tag();
      if (tag >>> 3 === 1) list = read(reader, tag, end, list);
      else reader.skip(tag);
    }
    reader.mustBeAt(end);
    return list;
  });
}

function mapReader(read: FieldReader, item: FieldType): FieldReader {
  // An entry without a value has an empty one.
  const nothing = item === 'bytes' ? () => '' : nothingOf(item);
  return (reader, outerTag, limit, before) => {
    expectWireType(outerTag, wireTypes.bytes);
    const map = (before ?? {}) as Record<string, unknown>;
    const end = reader.end(limit);
    let key = '';
    let value: unknown;
    while (reader.at < end) {
      const tag = reader.tag();
      if (tag >>> 3 === 1) key = String(scalarReaders.string(reader, tag, end));
      else if (tag >>> 3 === 2) value = read(reader, tag, end, undefined);
      else reader.skip(tag);
    }
    reader.mustBeAt(end);
    value ??= nothing();
    if (key === '__proto__') defineOwn(map, key, value);
    else map[key] = value;
    return map;
  };
}

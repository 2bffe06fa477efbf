import type { FieldSchema, FieldType, TypeSchema } from '@keelson/kubernetes-api';
import { schemaOf } from '@keelson/kubernetes-api/schemas';
import { compareBytes } from '../compare-bytes.ts';
import { isEmbedded, isWrappedList, messageFields, protoName } from './message-fields.ts';
import type { MessageField } from './message-fields.ts';
import { scalarWriters, scalarZeros, type FieldWriter } from './scalar-writers.ts';
import { schemaPropsId, schemaUnionWriters } from './schema-unions.ts';
import type { WireWriter } from './wire-writer.ts';

/** Writes an object's message, without tag and length. */
export type MessageWriter = (writer: WireWriter, object: object) => void;

/** Writes one field of an object, or what Go writes in its place. */
type Step = (writer: WireWriter, object: Readonly<Record<string, unknown>>) => void;

const writers = new Map<string, MessageWriter>();

/**
 * The message writer of a type, last field first.
 * Behaviour: gogo/protobuf's marshalling of the types of k8s.io/api, v0.37: what is no pointer is always written.
 */
export function messageWriterOf(schema: TypeSchema): MessageWriter {
  const known = writers.get(schema.id);
  if (known !== undefined) return known;
  let steps: readonly Step[] | undefined;
  const write: MessageWriter = (writer, object) =>
    run((steps ??= stepsOf(messageFields(schema))), writer, object);
  writers.set(schema.id, write);
  return write;
}

function run(steps: readonly Step[], writer: WireWriter, object: object): void {
  for (let index = steps.length - 1; index >= 0; index--)
    steps[index]?.(writer, object as Readonly<Record<string, unknown>>);
}

const stepsOf = (fields: readonly MessageField[]): readonly Step[] => fields.map(stepOf);

function stepOf(one: MessageField): Step {
  const { number } = one;
  if (isEmbedded(one)) {
    const steps = stepsOf(one.fields);
    return (writer, object) => {
      const before = writer.size;
      run(steps, writer, object);
      writer.delimit(number, before);
    };
  }
  const { name } = one.field;
  const write = fieldWriter(one.field);
  const absent = zeroOf(one.field);
  return (writer, object) => {
    const value = object[name] ?? absent;
    if (value !== undefined) write(writer, number, value);
  };
}

const nothing = {};

/** What is written for a field that is absent; undefined: nothing. */
function zeroOf({ type, pointer }: FieldSchema): unknown {
  if (pointer !== undefined) return undefined;
  if (typeof type === 'string') return scalarZeros[type];
  return 'ref' in type ? nothing : undefined;
}

function fieldWriter(field: FieldSchema): FieldWriter {
  const { type } = field;
  if (type === 'json') return unions.get(protoName(field)) ?? scalarWriters.json;
  if (typeof type === 'object' && 'list' in type && isWrappedList(field))
    return wrappedWriter(type.list);
  if (typeof type === 'object' && 'map' in type)
    return mapWriter(mapItemWriter(field, type.map), itemZero(type.map));
  return valueWriter(type);
}

/** What stands in a map for protobuf's name of it: `map<string, ExtraValue>` has lists that are messages. */
function mapItemWriter(field: FieldSchema, type: FieldType): FieldWriter {
  if (typeof type === 'object' && 'list' in type) return wrappedWriter(type.list);
  const [, item = ''] = /^map<string, (.*)>$/.exec(protoName(field)) ?? [];
  return (type === 'json' ? unions.get(item) : undefined) ?? valueWriter(type);
}

function valueWriter(type: FieldType): FieldWriter {
  if (typeof type === 'string') return scalarWriters[type];
  if ('list' in type) return listWriter(type.list);
  if ('map' in type) return mapWriter(valueWriter(type.map), itemZero(type.map));
  const write = messageWriterOf(schemaOf(type.ref));
  return (writer, number, value) => {
    const before = writer.size;
    write(writer, value as object);
    writer.delimit(number, before);
  };
}

/** The fields of a custom resource's schema that may be one thing or another. */
const unions = schemaUnionWriters((writer, number, value) =>
  valueWriter({ ref: schemaPropsId })(writer, number, value),
);

/** What a null among items stands for. */
const itemZero = (type: FieldType): unknown =>
  typeof type === 'string' ? scalarZeros[type] : 'ref' in type ? nothing : null;

function listWriter(item: FieldType): FieldWriter {
  const write = valueWriter(item);
  const zero = itemZero(item);
  return (writer, number, value) => {
    const items = value as readonly unknown[];
    for (let index = items.length - 1; index >= 0; index--)
      write(writer, number, items[index] ?? zero);
  };
}

function wrappedWriter(item: FieldType): FieldWriter {
  const write = listWriter(item);
  return (writer, number, value) => {
    const before = writer.size;
    if (Array.isArray(value)) write(writer, 1, value);
    writer.delimit(number, before);
  };
}

/** Entries in the order of their keys' bytes. */
function mapWriter(write: FieldWriter, zero: unknown): FieldWriter {
  return (writer, number, value) => {
    const map = value as Readonly<Record<string, unknown>>;
    const keys = Object.keys(map);
    if (keys.length > 1) keys.sort(compareBytes);
    for (let index = keys.length - 1; index >= 0; index--) {
      const key = keys[index] ?? '';
      const before = writer.size;
      const item = map[key] ?? zero;
      if (item !== undefined) write(writer, 2, item);
      writer.textField(1, key);
      writer.delimit(number, before);
    }
  };
}

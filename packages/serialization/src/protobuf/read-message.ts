import {
  schemaOf,
  type FieldSchema,
  type FieldType,
  type TypeSchema,
} from '@keelson/kubernetes-api';
import { expectWireType, readScalar } from './scalars.ts';
import { WireError, WireReader, wireTypes } from './wire.ts';

/** What a field number means: a field of the JSON object, or a message whose fields are the object's own, as Go embeds structs. */
type Meaning = FieldSchema | ReadonlyMap<number, Meaning>;

const known = new Map<string, ReadonlyMap<number, Meaning>>();

/** As deep as JSON may be nested. */
const maxDepth = 100;

/** Makes the JSON object of a message by its type's schema. Fields that nobody knows are passed over. Throws WireError. */
export function readMessage(bytes: Uint8Array, schema: TypeSchema): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  readInto(object, bytes, meaningsOf(schema), 0);
  return object;
}

function meaningsOf(schema: TypeSchema): ReadonlyMap<number, Meaning> {
  const found = known.get(schema.id);
  if (found !== undefined) return found;
  const root = new Map<number, Meaning>();
  for (const field of schema.fields)
    if (field.proto !== undefined) place(root, field, numbersOf(field.proto));
  known.set(schema.id, root);
  return root;
}

/** `[2, 'VolumeSource', 1, 'HostPathVolumeSource']` is field 1 of field 2. */
const numbersOf = (proto: readonly unknown[]): readonly number[] =>
  proto.filter((part) => typeof part === 'number');

function place(
  into: Map<number, Meaning>,
  field: FieldSchema,
  [number = 0, ...inner]: readonly number[],
): void {
  if (inner.length === 0) {
    into.set(number, field);
    return;
  }
  const embedded = into.get(number);
  const next = embedded instanceof Map ? embedded : new Map<number, Meaning>();
  into.set(number, next);
  place(next, field, inner);
}

function readInto(
  object: Record<string, unknown>,
  bytes: Uint8Array,
  meanings: ReadonlyMap<number, Meaning>,
  depth: number,
): void {
  if (depth > maxDepth) throw new WireError('exceeded max depth');
  const reader = new WireReader(bytes);
  while (!reader.done) {
    const { field, wireType } = reader.tag();
    const meaning = meanings.get(field);
    if (meaning === undefined) reader.skip(wireType);
    else if (isEmbedded(meaning)) readInto(object, reader.bytes(), meaning, depth + 1);
    else readField(object, meaning, { reader, wireType, depth });
  }
}

const isEmbedded = (meaning: Meaning): meaning is ReadonlyMap<number, Meaning> =>
  meaning instanceof Map;

interface Position {
  readonly reader: WireReader;
  readonly wireType: number;
  readonly depth: number;
}

function readField(
  object: Record<string, unknown>,
  { name, type, pointer, always, proto }: FieldSchema,
  position: Position,
): void {
  if (typeof type === 'object' && 'list' in type && !isWrapped(proto)) {
    const list = (object[name] ??= []) as unknown[];
    readElements(list, type.list, position);
  } else if (typeof type === 'object' && 'map' in type) {
    const map = (object[name] ??= {}) as Record<string, unknown>;
    readEntry(map, type.map, position);
  } else {
    const value = readValue(type, position);
    // Go writes the zero values of what is no pointer; in JSON they are left out.
    if (value !== undefined && (pointer === true || always === true || !isZero(value)))
      object[name] = value;
  }
}

const isZero = (value: unknown): boolean => value === '' || value === 0 || value === false;

/** Some lists are messages that hold a list: `Verbs`. */
const isWrapped = (proto: FieldSchema['proto']): boolean =>
  !String(proto?.at(-1)).startsWith('repeated ');

function readElements(
  list: unknown[],
  type: FieldType,
  { reader, wireType, depth }: Position,
): void {
  const isNumber = type === 'int32' || type === 'int64' || type === 'boolean';
  if (!isNumber || wireType !== wireTypes.bytes) {
    list.push(readValue(type, { reader, wireType, depth }) ?? null);
    return;
  }
  const packed = new WireReader(reader.bytes());
  while (!packed.done) list.push(readScalar(type, wireTypes.varint, packed));
}

function readEntry(
  map: Record<string, unknown>,
  type: FieldType,
  { reader, wireType, depth }: Position,
): void {
  expectWireType(wireType, wireTypes.bytes);
  const entry = new WireReader(reader.bytes());
  let key = '';
  let value: unknown = zeroOf(type);
  while (!entry.done) {
    const tag = entry.tag();
    if (tag.field === 1) key = String(readScalar('string', tag.wireType, entry));
    else if (tag.field === 2)
      value = readValue(type, { reader: entry, wireType: tag.wireType, depth }) ?? null;
    else entry.skip(tag.wireType);
  }
  // An own property, whatever the key is called.
  Object.defineProperty(map, key, { value, enumerable: true, configurable: true, writable: true });
}

/** What a map's value is that was not written. */
function zeroOf(type: FieldType): unknown {
  if (typeof type === 'object') return 'list' in type ? [] : {};
  return type === 'string' || type === 'bytes' ? '' : null;
}

function readValue(type: FieldType, { reader, wireType, depth }: Position): unknown {
  if (typeof type === 'string') return readScalar(type, wireType, reader);
  expectWireType(wireType, wireTypes.bytes);
  const object: Record<string, unknown> = {};
  if ('ref' in type) {
    readInto(object, reader.bytes(), meaningsOf(schemaOf(type.ref)), depth + 1);
    return object;
  }
  if (!('list' in type)) throw new WireError('a map cannot be the value of a map');
  // A list where a message is: its elements are the message's first field.
  const list: unknown[] = [];
  const inner = new WireReader(reader.bytes());
  while (!inner.done) {
    const tag = inner.tag();
    if (tag.field === 1)
      readElements(list, type.list, { reader: inner, wireType: tag.wireType, depth: depth + 1 });
    else inner.skip(tag.wireType);
  }
  return list;
}

import { isRawNumber } from '@keelson/api-machinery';
import type { FieldSchema, FieldType, TypeSchema } from '@keelson/kubernetes-api';
import { schemaOf } from '@keelson/kubernetes-api/schemas';
import { countKeys } from './count-keys.ts';
import { defineOwn } from './own-property.ts';
import { irregular, newState, type Reader, type ReadState } from './reader.ts';
import { scalarReaders } from './scalar-readers.ts';

interface FieldReader {
  readonly name: string;
  readonly read: Reader;
  /** Makes what an absent field holds; undefined: it stays absent. */
  readonly absent: (() => unknown) | undefined;
  /** What Go takes for absent when it writes it; undefined: nothing. Empty lists and maps are kept until then: some code asks whether they were given. */
  readonly zero: unknown;
}

const readers = new Map<string, Reader>();

/** The reader of a type. */
export function readerOf(schema: TypeSchema): Reader {
  const known = readers.get(schema.id);
  if (known !== undefined) return known;
  let fields: readonly FieldReader[] | undefined;
  const read: Reader = (value, state) =>
    readStruct((fields ??= schema.fields.map(fieldReader)), value, state);
  readers.set(schema.id, read);
  return read;
}

function readStruct(
  fields: readonly FieldReader[],
  value: unknown,
  state: ReadState,
): Record<string, unknown> {
  const source = value as Readonly<Record<string, unknown>>;
  const out: Record<string, unknown> = {};
  let seen = 0;
  for (const field of fields) {
    // No field is called like what every object has.
    const content = source[field.name];
    if (content !== undefined) seen++;
    const made = content === undefined || content === null ? undefined : field.read(content, state);
    if (made !== undefined && made !== null && made !== field.zero) out[field.name] = made;
    else if (field.absent !== undefined) out[field.name] = field.absent();
  }
  const count = Object.keys(source).length;
  state.keys += count;
  if (count !== seen) state.unknown = true;
  return out;
}

const fieldReader = (field: FieldSchema): FieldReader => ({
  name: field.name,
  read: isSchemaUnion(field) ? schemaUnionReader(field.type) : valueReader(field.type),
  absent: absentValue(field),
  zero: zeroOf(field),
});

/** Of a custom resource's schema: what may be a schema, a list of some, or something else; or a map of such. */
const isSchemaUnion = ({ type, proto }: FieldSchema): boolean =>
  type !== 'string' && /^(map<string, )?JSONSchemaPropsOr/.test(String(proto?.at(-1)));

const schemaUnionReader = (type: FieldType): Reader =>
  typeof type === 'object' && 'map' in type
    ? mapReader(type.map, readSchemaUnion)
    : readSchemaUnion;

/** Go reads it with a decoder of its own, which tells of no unknown fields. */
const readSchemaUnion: Reader = (value, state) => {
  state.keys += countKeys(value);
  return schemaUnion(value);
};

function schemaUnion(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(schemaUnion);
  return typeof value === 'object' && value !== null ? schemaProps(value) : value;
}

function schemaProps(value: object): unknown {
  try {
    return readerOf(schemaOf('apiextensions/v1.JSONSchemaProps'))(value, newState());
  } catch (error) {
    // Whoever validates the schema has the words for what is wrong with it.
    if (error === irregular) return value;
    throw error;
  }
}

/** What an absent field holds; undefined: it stays absent. */
export function absentValue(field: FieldSchema): (() => unknown) | undefined {
  const { type, pointer, always, omitzero } = field;
  if (typeof type === 'object' && 'ref' in type && pointer === undefined) {
    if (omitzero !== undefined) return undefined;
    return () => readerOf(schemaOf(type.ref))({}, newState());
  }
  if (always === undefined) return undefined;
  if (pointer !== undefined || typeof type === 'object') return () => null;
  const zero = zeros[type];
  return () => zero;
}

const zeros = {
  string: '',
  bytes: null,
  int32: 0,
  int64: 0,
  double: 0,
  boolean: false,
  time: null,
  microtime: null,
  quantity: '0',
  intorstring: 0,
  raw: null,
  fieldsv1: null,
  json: null,
} as const;

/** The scalar that `omitempty` drops; undefined: it drops none. */
export function zeroOf({ type, pointer, always }: FieldSchema): unknown {
  if (always !== undefined || pointer !== undefined || typeof type === 'object') return undefined;
  return zeros[type] ?? undefined;
}

function valueReader(type: FieldType): Reader {
  if (typeof type === 'string') return scalarReaders[type];
  if ('list' in type) return listReader(type.list);
  if ('map' in type) return mapReader(type.map);
  const read = readerOf(schemaOf(type.ref));
  return (value, state) => {
    if (typeof value !== 'object' || Array.isArray(value)) throw irregular;
    return read(value, state);
  };
}

/** What Go makes of a null among the items of a list or a map. */
export function nothingOf(item: FieldType): () => unknown {
  if (typeof item === 'object' && 'ref' in item)
    return () => readerOf(schemaOf(item.ref))({}, newState());
  // No bytes at all are stored as none, and read as such.
  const zero = item === 'bytes' ? '' : typeof item === 'string' ? zeros[item] : null;
  return () => zero;
}

function listReader(item: FieldType): Reader {
  const read = valueReader(item);
  const nothing = nothingOf(item);
  return (value, state) => {
    if (!Array.isArray(value)) throw irregular;
    return value.map((one: unknown) => (one === null ? nothing() : read(one, state)));
  };
}

function mapReader(item: FieldType, read = valueReader(item)): Reader {
  const nothing = nothingOf(item);
  return (value, state) => {
    if (typeof value !== 'object' || Array.isArray(value)) throw irregular;
    const out: Record<string, unknown> = {};
    const source = value as Readonly<Record<string, unknown>>;
    const keys = Object.keys(source);
    state.keys += keys.length;
    if (keys[0] === 'rawJSON' && isRawNumber(value)) throw irregular;
    for (const key of keys) {
      const content = source[key] === null ? nothing() : read(source[key], state);
      if (key === '__proto__') defineOwn(out, key, content);
      else out[key] = content;
    }
    return out;
  };
}

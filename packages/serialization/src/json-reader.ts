import {
  schemaOf,
  type FieldSchema,
  type FieldType,
  type TypeSchema,
} from '@keelson/kubernetes-api';
import { DecodeState, goWord } from './decode-state.ts';
import { scalarReader } from './scalar-readers.ts';

/** Turns a parsed JSON value into a value of a type: in Go's field order, without what Go leaves out. `undefined` for what is not written. */
export type Reader = (value: unknown, state: DecodeState) => unknown;

interface FieldReader {
  readonly name: string;
  readonly read: Reader;
  /** Makes what an absent field holds; undefined: it stays absent. */
  readonly absent: (() => unknown) | undefined;
  isEmpty(value: unknown): boolean;
}

const readers = new Map<string, Reader>();

/** The reader of a type. Throws DecodeError for values of wrong types; counts keys and notes unknown fields in the state. */
export function readerOf(schema: TypeSchema): Reader {
  const known = readers.get(schema.id);
  if (known !== undefined) return known;
  let fields: readonly FieldReader[] | undefined;
  const read: Reader = (value, state) =>
    readStruct((fields ??= schema.fields.map((field) => fieldReader(field, schema))), value, state);
  readers.set(schema.id, read);
  return read;
}

function readStruct(
  fields: readonly FieldReader[],
  value: unknown,
  state: DecodeState,
): Record<string, unknown> {
  const source = value as Readonly<Record<string, unknown>>;
  const out: Record<string, unknown> = {};
  let seen = 0;
  for (const { name, read, absent, isEmpty } of fields) {
    const content = Object.hasOwn(source, name) ? source[name] : undefined;
    if (content !== undefined) seen++;
    if (content === undefined || content === null) {
      if (absent !== undefined) out[name] = absent();
      continue;
    }
    state.path.push(name);
    const made = read(content, state);
    state.path.pop();
    if (made !== undefined && !isEmpty(made)) out[name] = made;
    else if (absent !== undefined) out[name] = absent();
  }
  const count = Object.keys(source).length;
  state.keys += count;
  if (count !== seen) state.unknown = true;
  return out;
}

function fieldReader(field: FieldSchema, struct: TypeSchema): FieldReader {
  return {
    name: field.name,
    read: valueReader(field.type, struct, field.go),
    absent: absentValue(field),
    isEmpty: emptiness(field),
  };
}

function absentValue({
  type,
  pointer,
  always,
  omitzero,
}: FieldSchema): (() => unknown) | undefined {
  if (typeof type === 'object' && 'ref' in type && pointer === undefined) {
    if (omitzero !== undefined) return undefined;
    return () => readerOf(schemaOf(type.ref))({}, new DecodeState());
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

const never = (): boolean => false;

/** What `omitempty` drops when the object is written again. */
function emptiness({ type, pointer, always }: FieldSchema): (value: unknown) => boolean {
  if (always !== undefined) return never;
  if (typeof type === 'object')
    return 'list' in type ? isEmptyList : 'map' in type ? isEmptyMap : never;
  if (pointer !== undefined) return never;
  if (type === 'string' || type === 'bytes') return (value) => value === '';
  if (type === 'int32' || type === 'int64' || type === 'double') return (value) => value === 0;
  return type === 'boolean' ? (value) => value === false : never;
}

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;
function isEmptyMap(value: unknown): boolean {
  for (const _ in value as object) return false;
  return true;
}

function valueReader(type: FieldType, struct: TypeSchema, goName?: string): Reader {
  if (typeof type === 'string') return scalarReader(type, struct, goName);
  if ('list' in type) return listReader(type.list, struct);
  if ('map' in type) return mapReader(type.map, struct, goName);
  const target = schemaOf(type.ref);
  const read = readerOf(target);
  return (value, state) => {
    if (typeof value !== 'object' || Array.isArray(value))
      throw state.mismatch(struct, goWord(value), goTypeName(type));
    return read(value, state);
  };
}

function listReader(item: FieldType, struct: TypeSchema): Reader {
  const read = valueReader(item, struct);
  // A null among the items is Go's zero value of their type.
  const nothing =
    typeof item === 'object' && 'ref' in item
      ? () => readerOf(schemaOf(item.ref))({}, new DecodeState())
      : typeof item === 'string'
        ? () => zeros[item]
        : () => null;
  return (value, state) => {
    if (!Array.isArray(value))
      throw state.mismatch(struct, goWord(value), goTypeName({ list: item }));
    return value.map((one: unknown) => (one === null ? nothing() : read(one, state)));
  };
}

function mapReader(item: FieldType, struct: TypeSchema, goName?: string): Reader {
  const read = valueReader(item, struct);
  const nothing = typeof item === 'string' ? zeros[item] : null;
  return (value, state) => {
    if (typeof value !== 'object' || Array.isArray(value))
      throw state.mismatch(struct, goWord(value), goName ?? goTypeName({ map: item }));
    const out: Record<string, unknown> = {};
    const source = value as Readonly<Record<string, unknown>>;
    const keys = Object.keys(source);
    state.keys += keys.length;
    for (const key of keys) {
      const content = source[key] === null ? nothing : read(source[key], state);
      if (key === '__proto__')
        Object.defineProperty(out, key, {
          value: content,
          enumerable: true,
          configurable: true,
          writable: true,
        });
      else out[key] = content;
    }
    return out;
  };
}

const goScalars: Readonly<Record<string, string>> = {
  bytes: '[]uint8',
  double: 'float64',
  boolean: 'bool',
  time: 'v1.Time',
  microtime: 'v1.MicroTime',
  quantity: 'resource.Quantity',
  intorstring: 'intstr.IntOrString',
  raw: 'runtime.RawExtension',
};

/** Go's name for a type, as its errors write it. */
export function goTypeName(type: FieldType): string {
  if (typeof type === 'string') return goScalars[type] ?? type;
  if ('list' in type) return `[]${goTypeName(type.list)}`;
  if ('map' in type) return `map[string]${goTypeName(type.map)}`;
  return type.ref.slice(type.ref.indexOf('/') + 1);
}

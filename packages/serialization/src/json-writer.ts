import type { FieldSchema, FieldType, TypeSchema } from '@keelson/kubernetes-api';
import { schemaOf } from '@keelson/kubernetes-api/schemas';
import { emptinessOf, isEmpty, type Emptiness, type WriteMode } from './emptiness.ts';
import { sharedText, stringText, valueText } from './json-text.ts';

/** Writes a value as JSON. */
type Writer = (value: unknown) => string;

interface FieldWriter {
  readonly name: string;
  readonly key: string;
  /** The key behind another field. */
  readonly laterKey: string;
  readonly write: Writer;
  /** What is written for a field that is not there; undefined: nothing. */
  readonly absent: string | undefined;
  /** Which values count as empty and are left out. */
  readonly empty: Emptiness;
  /** Whether the store does not know an empty one. */
  readonly forgets: boolean;
}

const writers: Readonly<Record<WriteMode, Map<string, Writer>>> = {
  exact: new Map(),
  stored: new Map(),
};

/**
 * The writer of a type: fields in Go's order, empty ones left out where Go leaves them out.
 * Behaviour: encoding/json over the types of k8s.io/api, v0.37.
 */
export function writerOf(schema: TypeSchema, mode: WriteMode): Writer {
  const known = writers[mode].get(schema.id);
  if (known !== undefined) return known;
  let fields: readonly FieldWriter[] | undefined;
  const write: Writer = (value) =>
    writeStruct((fields ??= schema.fields.map((field) => fieldWriter(field, mode))), value);
  writers[mode].set(schema.id, write);
  return write;
}

function writeStruct(fields: readonly FieldWriter[], value: unknown): string {
  const object = value as Record<string, unknown>;
  let text = '';
  for (const field of fields) {
    const content = object[field.name];
    const isNothing = content === undefined || content === null || isEmpty(content, field.empty);
    if (isNothing && field.forgets && content !== undefined) forget(object, field);
    const written = isNothing ? field.absent : field.write(content);
    if (written === undefined) continue;
    text += text === '' ? field.key : field.laterKey;
    text += written;
  }
  return `{${text}}`;
}

function fieldWriter(field: FieldSchema, mode: WriteMode): FieldWriter {
  const write = valueWriter(field.type, mode);
  const key = `${JSON.stringify(field.name)}:`;
  return {
    name: field.name,
    key,
    laterKey: `,${key}`,
    write,
    absent: absentText(field, mode),
    empty: emptinessOf(field, mode),
    forgets: mode === 'stored' && isCollection(field.type),
  };
}

/** The object goes on as it was stored. */
function forget(object: Record<string, unknown>, { name, absent }: FieldWriter): void {
  if (absent === undefined) delete object[name];
  else object[name] = null;
}

const isCollection = (type: FieldType): boolean =>
  typeof type === 'object' && ('list' in type || 'map' in type);

/** Go's zero value where it is written although the field is empty. */
function absentText(field: FieldSchema, mode: WriteMode): string | undefined {
  const { type } = field;
  if (typeof type === 'object' && 'ref' in type && field.pointer === undefined) {
    return field.omitzero === undefined ? writerOf(schemaOf(type.ref), mode)({}) : undefined;
  }
  if (field.always === undefined) return undefined;
  if (field.pointer !== undefined || typeof type === 'object') return 'null';
  return zeroTexts[type];
}

const zeroTexts = {
  string: '""',
  bytes: 'null',
  int32: '0',
  int64: '0',
  double: '0',
  boolean: 'false',
  time: 'null',
  microtime: 'null',
  quantity: '"0"',
  intorstring: '0',
  raw: 'null',
  fieldsv1: 'null',
  json: 'null',
} as const;

function valueWriter(type: FieldType, mode: WriteMode): Writer {
  if (typeof type === 'string') return scalarWriter(type);
  if ('list' in type) {
    const item = valueWriter(type.list, mode);
    return (value) => writeList(value as readonly unknown[], item);
  }
  if ('map' in type) {
    const item = valueWriter(type.map, mode);
    const nothing = type.map === 'bytes' && mode === 'stored' ? '""' : 'null';
    return (value) => writeMap(value as Readonly<Record<string, unknown>>, item, nothing);
  }
  let write: Writer | undefined;
  return (value) => (write ??= writerOf(schemaOf(type.ref), mode))(value);
}

function writeList(values: readonly unknown[], item: Writer): string {
  let text = '';
  for (const value of values) {
    if (text !== '') text += ',';
    text += value === null ? 'null' : item(value);
  }
  return `[${text}]`;
}

/** Go sorts a map's keys by their bytes; so does the order of UTF-16 units, but for surrogates. */
function writeMap(value: Readonly<Record<string, unknown>>, item: Writer, nothing: string): string {
  const keys = Object.keys(value);
  if (keys.length > 1) keys.sort();
  let text = '';
  for (const key of keys) {
    const content = value[key];
    if (text !== '') text += ',';
    text += stringText(key);
    text += ':';
    text += content === null ? nothing : item(content);
  }
  return `{${text}}`;
}

function scalarWriter(type: Extract<FieldType, string>): Writer {
  if (
    type === 'string' ||
    type === 'bytes' ||
    type === 'time' ||
    type === 'microtime' ||
    type === 'quantity'
  ) {
    return (value) => stringText(value as string);
  }
  if (type === 'int64' || type === 'int32' || type === 'boolean') return String;
  return type === 'fieldsv1' ? sharedText : valueText;
}

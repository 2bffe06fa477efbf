import type { FieldSchema, FieldType, TypeSchema } from '@keelson/kubernetes-api';
import { schemaOf } from '@keelson/kubernetes-api/schemas';
import { stringText, valueText } from './json-text.ts';

/** Writes a value as JSON. */
type Writer = (value: unknown) => string;

interface FieldWriter {
  readonly name: string;
  readonly key: string;
  readonly write: Writer;
  /** What is written for a field that is not there; undefined: nothing. */
  readonly absent: string | undefined;
  /** Whether a value counts as empty and is left out. */
  isEmpty(value: unknown): boolean;
  /** Whether the store does not know an empty one. */
  readonly forgets: boolean;
}

/** How a value is written: as it is, or as it comes back from a store that keeps Go's protobuf, which has no empty lists and maps. */
export type WriteMode = 'exact' | 'stored';

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
  let text = '{';
  for (const field of fields) {
    const content = object[field.name];
    const isNothing = content === undefined || content === null || field.isEmpty(content);
    if (isNothing && field.forgets && content !== undefined) forget(object, field);
    const written = isNothing ? field.absent : field.write(content);
    if (written === undefined) continue;
    text += text === '{' ? field.key + written : `,${field.key}${written}`;
  }
  return `${text}}`;
}

function fieldWriter(field: FieldSchema, mode: WriteMode): FieldWriter {
  const write = valueWriter(field.type, mode);
  return {
    name: field.name,
    key: `${JSON.stringify(field.name)}:`,
    write,
    absent: absentText(field, mode),
    isEmpty: emptinessOf(field, mode),
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

const never = (): boolean => false;

/** When a value counts as absent: with `omitempty`, never for pointers, structs, and fields without it. */
export function emptinessOf(
  { type, pointer, always }: FieldSchema,
  mode: WriteMode,
): (value: unknown) => boolean {
  if (typeof type === 'object') {
    if ('ref' in type || (always !== undefined && mode === 'exact')) return never;
    if ('list' in type) return (value) => Array.isArray(value) && value.length === 0;
    return isEmptyObject;
  }
  if (always !== undefined || pointer !== undefined) return never;
  if (type === 'string' || type === 'bytes') return (value) => value === '';
  if (type === 'int32' || type === 'int64' || type === 'double') return (value) => value === 0;
  if (type === 'boolean') return (value) => value === false;
  return never;
}

function isEmptyObject(value: unknown): boolean {
  for (const _ in value as object) return false;
  return true;
}

function valueWriter(type: FieldType, mode: WriteMode): Writer {
  if (typeof type === 'string') return scalarWriter(type);
  if ('list' in type) {
    const item = valueWriter(type.list, mode);
    return (value) =>
      `[${(value as readonly unknown[]).map((one) => (one === null ? 'null' : item(one))).join(',')}]`;
  }
  if ('map' in type) {
    const item = valueWriter(type.map, mode);
    const nothing = type.map === 'bytes' && mode === 'stored' ? '""' : 'null';
    return (value) => writeMap(value as Readonly<Record<string, unknown>>, item, nothing);
  }
  let write: Writer | undefined;
  return (value) => (write ??= writerOf(schemaOf(type.ref), mode))(value);
}

/** Go sorts a map's keys by their bytes; so does the order of UTF-16 units, but for surrogates. */
function writeMap(value: Readonly<Record<string, unknown>>, item: Writer, nothing: string): string {
  const keys = Object.keys(value);
  if (keys.length > 1) keys.sort();
  return `{${keys.map((key) => `${stringText(key)}:${value[key] === null ? nothing : item(value[key])}`).join(',')}}`;
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
  return valueText;
}

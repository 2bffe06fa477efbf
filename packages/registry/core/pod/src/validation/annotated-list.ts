import { StatusError, type JsonValue } from '@keelson/api-machinery';
import { parseJson } from '@keelson/serialization';

/** Go's name of a struct, and of its fields' types. */
export interface StructType {
  readonly name: string;
  readonly fields: Readonly<Record<string, string>>;
}

type Struct = Record<string, JsonValue>;

/** Reads a struct from an annotation that held it before it was a field; a string is what is wrong with it, as Go says it. */
export function readAnnotatedStruct(text: string, type: StructType): Struct | string {
  const parsed = parse(text);
  return typeof parsed === 'string' ? parsed : readStruct(parsed.value, type);
}

/** The same for a list of structs. */
export function readAnnotatedList(text: string, type: StructType): readonly Struct[] | string {
  const parsed = parse(text);
  if (typeof parsed === 'string') return parsed;
  const { value } = parsed;
  if (value === null) return [];
  if (!Array.isArray(value)) return mismatch(value, `value of type []${type.name}`);
  const read = value.map((item) => readStruct(item, type));
  return (
    read.find((item) => typeof item === 'string') ?? read.filter((item) => typeof item !== 'string')
  );
}

function parse(text: string): { readonly value: JsonValue } | string {
  try {
    return { value: parseJson(text) };
  } catch (error) {
    if (error instanceof StatusError) return error.message;
    throw error;
  }
}

function readStruct(item: JsonValue, { name, fields }: StructType): Struct | string {
  if (item === null) return {};
  if (typeof item !== 'object' || Array.isArray(item))
    return mismatch(item, `value of type ${name}`);
  const struct: Struct = {};
  for (const [key, value] of Object.entries(item)) {
    // Go finds fields whatever their case.
    const field = Object.keys(fields).find((known) => known.toLowerCase() === key.toLowerCase());
    const type = field === undefined ? undefined : fields[field];
    if (field === undefined || type === undefined || value === null) continue;
    if (!fits(value, type)) {
      // Internal types have no JSON names.
      const named = name.startsWith('v1.')
        ? field
        : `${field.charAt(0).toUpperCase()}${field.slice(1)}`;
      const short = name.slice(name.indexOf('.') + 1);
      return mismatch(value, `struct field ${short}.${named} of type ${type}`);
    }
    struct[field] = value;
  }
  return struct;
}

const fits = (value: JsonValue, type: string): boolean =>
  type.startsWith('[]')
    ? Array.isArray(value)
    : typeof value === (type === 'int64' ? 'number' : 'string');

function mismatch(value: JsonValue, wanted: string): string {
  const word = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;
  return `json: cannot unmarshal ${word} into Go ${wanted}`;
}

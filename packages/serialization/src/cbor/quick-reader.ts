import type { FieldSchema, FieldType, ScalarType, TypeSchema } from '@keelson/kubernetes-api';
import { schemaOf } from '@keelson/kubernetes-api/schemas';
import { base64Of } from '../bytes.ts';
import { nothingOf } from '../json-reader.ts';
import { irregular } from '../reader.ts';
import type { Parsed } from '../scalars/parsed.ts';
import { parseQuantityText } from '../scalars/quantity.ts';
import { parseTime } from '../scalars/time.ts';
import { base64Tag, majors, selfDescribed } from './cbor-writer.ts';
import { KeyTable } from './key-table.ts';
import { mustBeNew, quickAny } from './quick-any.ts';
import { QuickSource } from './quick-source.ts';
import { maxDepth } from './struct-kind.ts';
import { objectOf, slotsOf, type Slot } from '../slots.ts';

/** Reads an item into a value of a type. Null is read before. */
type Read = (source: QuickSource) => unknown;

interface PlannedField {
  readonly slot: number;
  readonly read: Read;
}

interface Plan {
  readonly fields: KeyTable<PlannedField>;
  readonly slots: readonly Slot[];
  readonly empty: readonly unknown[];
}

/** Reads an object of a type; undefined when it is not plainly one, in the form that Kubernetes' own clients write. */
export function readQuickly(
  bytes: Uint8Array,
  schema: TypeSchema,
): Record<string, unknown> | undefined {
  const source = new QuickSource(bytes);
  if (selfDescribed.every((byte, at) => bytes[at] === byte)) source.at = selfDescribed.length;
  try {
    const object = structReader(schema)(source);
    return source.at === bytes.length ? (object as Record<string, unknown>) : undefined;
  } catch (error) {
    if (error === irregular) return undefined;
    throw error;
  }
}

const readers = new Map<string, Read>();

function structReader(schema: TypeSchema): Read {
  const known = readers.get(schema.id);
  if (known !== undefined) return known;
  let plan: Plan | undefined;
  const read: Read = (source) => readStruct((plan ??= planOf(schema)), source);
  readers.set(schema.id, read);
  return read;
}

const planOf = (schema: TypeSchema): Plan => ({
  fields: new KeyTable(
    schema.fields.map((field, slot) => [field.name, { slot, read: fieldReader(field) }]),
  ),
  slots: slotsOf(schema),
  empty: schema.fields.map(() => undefined),
});

function readStruct({ fields, slots, empty }: Plan, source: QuickSource): Record<string, unknown> {
  const values = empty.slice();
  if (++source.depth > maxDepth) throw irregular;
  for (let left = source.length(majors.map); left > 0; left--) {
    const { slot, read } = fields.read(source);
    if (values[slot] !== undefined) throw irregular;
    values[slot] = read(source) ?? null;
  }
  source.depth--;
  return objectOf(slots, values);
}

function fieldReader({ type, pointer, proto }: FieldSchema): Read {
  const read = valueReader(type, String(proto?.at(-1)));
  // Null is text for what is text or a number.
  if (type === 'intorstring' && pointer === undefined) return read;
  return (source) => (source.takeNull() ? null : read(source));
}

/** `variant`: protobuf's name of a type that may be several things. */
function valueReader(type: FieldType, variant: string): Read {
  if (type === 'json') return unionReader(variant);
  if (typeof type === 'string') return scalars[type];
  if ('list' in type) return listReader(type.list, variant);
  return 'map' in type ? mapReader(type.map, variant) : structReader(schemaOf(type.ref));
}

const schemaId = 'apiextensions/v1.JSONSchemaProps';

/** Of what may be a schema or something else. */
function unionReader(variant: string): Read {
  if (!/^(map<string, )?JSONSchemaPropsOr/.test(variant)) return quickAny;
  const readOther = variant.includes('OrBool')
    ? (source: QuickSource) => source.boolean()
    : listReader(variant.includes('OrStringArray') ? 'string' : { ref: schemaId }, variant);
  const readSchema = structReader(schemaOf(schemaId));
  return (source) => (source.next === majors.map ? readSchema : readOther)(source);
}

function listReader(item: FieldType, variant: string): Read {
  const read = valueReader(item, variant);
  const nothing = nothingOf(item);
  return (source) => {
    const list: unknown[] = [];
    for (let left = source.length(majors.list); left > 0; left--)
      list.push((source.takeNull() ? nothing() : read(source)) ?? nothing());
    return list;
  };
}

function mapReader(item: FieldType, variant: string): Read {
  const read = valueReader(item, variant);
  const nothing = nothingOf(item);
  return (source) => {
    const map: Record<string, unknown> = {};
    for (let left = source.length(majors.map); left > 0; left--) {
      const key = source.text();
      mustBeNew(map, key);
      map[key] = read(source) ?? nothing();
    }
    return map;
  };
}

const parsedText =
  (parse: (text: string) => Parsed<string | null>): Read =>
  (source) => {
    const parsed = parse(source.text());
    if ('problem' in parsed) throw irregular;
    return parsed.value;
  };

const [int32Low, int32High] = [-(2 ** 31), 2 ** 31 - 1];

const isString = ({ next }: QuickSource): boolean => next === majors.bytes || next === majors.text;

const base64TagByte = (majors.tag << 5) | base64Tag;

const scalars: Readonly<Record<ScalarType, Read>> = {
  string: (source) => source.text(),
  bytes: (source) => {
    if (source.byte() !== base64TagByte) throw irregular;
    return base64Of(source.take());
  },
  int32: (source) => source.integer(int32Low, int32High),
  int64: (source) => source.integer(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
  double: (source) => source.number(),
  boolean: (source) => source.boolean(),
  time: parsedText((text) => parseTime(text, 'seconds')),
  microtime: parsedText((text) => parseTime(text, 'microseconds')),
  quantity: parsedText(parseQuantityText),
  intorstring: (source) => (isString(source) ? source.text() : source.integer(int32Low, int32High)),
  raw: quickAny,
  fieldsv1: (source) => {
    if (source.next !== majors.map) throw irregular;
    return quickAny(source);
  },
  json: quickAny,
};

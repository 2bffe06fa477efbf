import type { FieldSchema, FieldType, TypeSchema } from '@keelson/kubernetes-api';
import { schemaOf } from '@keelson/kubernetes-api/schemas';
import type { JsonValue } from '@keelson/api-machinery';
import { base64Of, latin1Of } from '../bytes.ts';
import { goItemName, goTypeName } from '../go-type-name.ts';
import { nothingOf } from '../json-reader.ts';
import { defineOwn } from '../own-property.ts';
import { parseBase64 } from '../scalars/base64.ts';
import type { CborCursor } from './cbor-cursor.ts';
import { Failure } from './cbor-error.ts';
import { numberOf } from './integers.ts';
import { itemsOf, readKind, type ItemReader, type Kind } from './kind.ts';
import { MapEntries } from './map-entries.ts';
import { ownReaders } from './own-readers.ts';
import { shownText, type TextForm } from './strings.ts';
import { planOf, StructReader, type Plan } from './struct-kind.ts';

/** What there is to know of a value's type: Go's name for it, and which of the types it is that schemas have no word for. */
interface Typed {
  readonly type: FieldType;
  readonly go: string | undefined;
  readonly variant: string;
}

const kinds = new Map<string, Kind>();

/** The kind of a type's objects. */
export function structKind(schema: TypeSchema): Kind {
  const known = kinds.get(schema.id);
  if (known !== undefined) return known;
  const goType = goTypeName({ ref: schema.id });
  let plan: Plan | undefined;
  const kind: Kind = {
    goType,
    whyNoList: 'cannot decode CBOR array to struct without toarray option',
    map: (cursor, form) =>
      new StructReader((plan ??= planOf(schema, goType, fieldReader)), cursor, form).read(),
  };
  kinds.set(schema.id, kind);
  return kind;
}

function fieldReader({ type, go, proto, pointer }: FieldSchema): ItemReader {
  const read = itemReader({ type, go, variant: String(proto?.at(-1)) });
  if (pointer === undefined) return read;
  const nothing = nothingOf(type);
  // Only what is null at first sight is nothing for a pointer: what is null behind a tag is an empty value.
  return (cursor, form) => {
    if (!cursor.isNil) return read(cursor, form) ?? (nothing() as JsonValue);
    cursor.at++;
    return null;
  };
}

const own = ownReaders((cursor) =>
  readKind(cursor, structKind(schemaOf('apiextensions/v1.JSONSchemaProps')), undefined),
);

function itemReader(typed: Typed): ItemReader {
  const read = typeof typed.type === 'string' ? own(typed.type, typed.variant) : undefined;
  if (read !== undefined) return read;
  const kind = kindOf(typed);
  return (cursor, form) => readKind(cursor, kind, form);
}

function kindOf(typed: Typed): Kind {
  const { type } = typed;
  const goType = goTypeName(type, typed.go);
  if (typeof type === 'object')
    return 'ref' in type
      ? structKind(schemaOf(type.ref))
      : 'list' in type
        ? { goType, nothing: null, list: listOf(inside(typed, type.list)) }
        : { goType, nothing: null, map: mapOf(inside(typed, type.map), keyType(typed.go)) };
  if (type === 'int32' || type === 'int64') return { goType, integer: numberOf(type) };
  if (type === 'double') return { goType, integer: Number, fraction: (value) => value };
  if (type === 'boolean') return { goType, boolean: (value) => value };
  return type === 'bytes' ? bytesKind : { goType, text: shownText };
}

const inside = ({ go, variant }: Typed, type: FieldType): Typed => ({
  type,
  go: goItemName(go),
  variant,
});

/** The keys of some maps have a type of their own. */
const keyType = (go: string | undefined): string =>
  go === 'v1.ResourceList' ? 'v1.ResourceName' : (/^map\[(.+?)\]/.exec(go ?? '')?.[1] ?? 'string');

const bytesKind: Kind = {
  goType: '[]uint8',
  nothing: null,
  // Unless a tag says that they are bytes, they are base64: what JSON would have had.
  bytes: (bytes, form) => {
    if (form !== undefined) return base64Of(bytes);
    const parsed = parseBase64(latin1Of(bytes));
    if ('value' in parsed) return parsed.value;
    return new Failure(`cbor: failed to decode base64 from byte string: ${parsed.problem}`);
  },
  list: (cursor, form) => {
    const list = readList(cursor, form, byteReader, () => 0);
    return list instanceof Failure ? list : base64Of(Uint8Array.from(list, Number));
  },
};

const byteKind: Kind = { goType: 'uint8', integer: numberOf('uint8') };
const byteReader: ItemReader = (cursor, form) => readKind(cursor, byteKind, form);

function listOf(item: Typed): NonNullable<Kind['list']> {
  let read: ItemReader | undefined;
  const nothing = nothingOf(item.type);
  return (cursor, form) => readList(cursor, form, (read ??= itemReader(item)), nothing);
}

function readList(
  cursor: CborCursor,
  form: TextForm,
  read: ItemReader,
  nothing: () => unknown,
): JsonValue[] | Failure {
  const more = itemsOf(cursor);
  const list: JsonValue[] = [];
  let failure: Failure | undefined;
  while (more()) {
    const found = read(cursor, form) ?? (nothing() as JsonValue);
    if (found instanceof Failure) failure ??= found;
    else list.push(found);
  }
  return failure ?? list;
}

/** Those that Go keeps from one entry to the next: null leaves them as they are. */
const kept = new Set<FieldType>(['string', 'boolean', 'int32', 'int64', 'double']);

function mapOf(item: Typed, key: string): NonNullable<Kind['map']> {
  let read: ItemReader | undefined;
  const nothing = nothingOf(item.type);
  return (cursor, form) => {
    read ??= itemReader(item);
    const entries = new MapEntries<JsonValue>(cursor, form, key);
    let last = nothing() as JsonValue;
    while (entries.nextKey()) {
      const found = read(cursor, form) ?? (kept.has(item.type) ? last : (nothing() as JsonValue));
      if (!(found instanceof Failure)) last = found;
      entries.add(found);
    }
    return entries.failure ?? mapObject(entries.found);
  };
}

function mapObject(entries: ReadonlyMap<string, JsonValue>): JsonValue {
  const map = {};
  for (const [key, value] of entries) defineOwn(map, shownText(key), value);
  return map;
}

import type { JsonValue } from '@keelson/api-machinery';
import type { ScalarType } from '@keelson/kubernetes-api';
import type { Parsed } from '../scalars/parsed.ts';
import { parseQuantityText } from '../scalars/quantity.ts';
import { parseTime } from '../scalars/time.ts';
import { anyMapKind, readAny } from './any-value.ts';
import type { CborCursor } from './cbor-cursor.ts';
import { Failure } from './cbor-error.ts';
import { majors } from './cbor-writer.ts';
import { numberOf } from './integers.ts';
import { itemsOf, readKind, type Found, type ItemReader, type Kind } from './kind.ts';
import { passTags, shownText } from './strings.ts';

type Read = (cursor: CborCursor) => Found;

/**
 * Gives the readers of types that read themselves in Go, too; undefined for others. `variant`: protobuf's name of a type that may be
 * several things. `readSchema` reads what may be one of these.
 */
export const ownReaders =
  (readSchema: Read) =>
  (type: ScalarType, variant: string): ItemReader | undefined => {
    const read = type === 'json' ? unionReader(variant, readSchema) : readers[type];
    return read === undefined ? undefined : byItself(read);
  };

const selfDescribed = 55_799;

/** They begin anew: what tags around them say of bytes does not hold, and nothing may be unknown in them. */
const byItself =
  (read: Read): ItemReader =>
  (cursor) => {
    const wrong = passSelfDescribed(cursor);
    if (wrong !== undefined) return wrong;
    const { isStrict } = cursor;
    cursor.isStrict = true;
    const found = read(cursor);
    cursor.isStrict = isStrict;
    return found;
  };

/** Passes over the tags that say that this is CBOR. The ones behind them are only looked at. */
function passSelfDescribed(cursor: CborCursor): Failure | undefined {
  let start = cursor.at;
  while (cursor.next === majors.tag) {
    cursor.readHead();
    if (cursor.argument !== selfDescribed) break;
    start = cursor.at;
  }
  cursor.at = start;
  const form = passTags(cursor, undefined);
  if (form instanceof Failure) return form;
  cursor.at = start;
  return undefined;
}

const textKind: Kind = { goType: 'string', text: shownText };

/** Of a type that is written as text: a pointer to a string. */
const textual =
  (parse: (text: string) => Parsed<string | null>): Read =>
  (cursor) => {
    if (cursor.isNil) return passNull(cursor);
    const text = readKind(cursor, textKind, undefined) ?? '';
    if (typeof text !== 'string') return text;
    const parsed = parse(text);
    return 'problem' in parsed ? new Failure(parsed.problem) : parsed.value;
  };

function passNull(cursor: CborCursor): null {
  cursor.at++;
  return null;
}

const int32Kind: Kind = { goType: 'int32', integer: numberOf('int32') };

/** Whatever is wrong with it as text, its fault is that it is no number. */
function intOrString(cursor: CborCursor): Found {
  const start = cursor.at;
  const text = readKind(cursor, textKind, undefined) ?? '';
  if (!(text instanceof Failure)) return text;
  cursor.at = start;
  return readKind(cursor, int32Kind, undefined) ?? 0;
}

const [falseByte, trueByte, nullByte] = [0xf4, 0xf5, 0xf6];
const isNull = (cursor: CborCursor): boolean => cursor.bytes[cursor.at] === nullByte;

/** Stands for what cannot be read. Go keeps such bytes, and looks at them when all else is read. */
export class Unreadable {
  readonly problem: string;

  constructor(problem: string) {
    this.problem = problem;
  }
}

function later(cursor: CborCursor, found: Found, what: string): Found {
  if (!(found instanceof Failure)) return found;
  cursor.hasUnreadable = true;
  // It never leaves the reading: whoever finds it refuses the whole.
  return new Unreadable(`failed to transcode ${what}: ${found.text}`) as unknown as JsonValue;
}

function raw(cursor: CborCursor): Found {
  if (isNull(cursor)) return passNull(cursor);
  const what = 'RawExtension to JSON: failed to parse RawExtension bytes as CBOR';
  return later(cursor, readAny(cursor, undefined), what);
}

function fields(cursor: CborCursor): Found {
  if (isNull(cursor)) return passNull(cursor);
  const first = cursor.bytes[cursor.at] ?? 0;
  const isFields = (first >= 0xa0 && first <= 0xbf) || (first >= 0xc6 && first <= 0xdb);
  if (isFields) {
    const what = 'FieldsV1 to JSON: metav1.FieldsV1 cbor invalid';
    return later(cursor, readKind(cursor, anyMapKind, undefined) ?? null, what);
  }
  // Whoever looks at them sees a step that is none: fields that cannot be read are no reason to refuse an object.
  cursor.skip();
  return { unreadable: {} };
}

const readers: Partial<Record<ScalarType, Read>> = {
  time: textual((text) => parseTime(text, 'seconds')),
  microtime: textual((text) => parseTime(text, 'microseconds')),
  quantity: textual(parseQuantityText),
  intorstring: intOrString,
  raw,
  fieldsv1: fields,
};

const any: Read = (cursor) => (isNull(cursor) ? passNull(cursor) : readAny(cursor, undefined));

/** What may be a schema or something else. */
function unionReader(variant: string, readSchema: Read): Read {
  if (variant.includes('OrBool')) return schemaOrBoolean(readSchema);
  if (variant.includes('OrStringArray'))
    return schemaOrList(readSchema, (cursor) => readKind(cursor, textKind, undefined) ?? '');
  return variant.includes('OrArray') ? schemaOrList(readSchema, readSchema) : any;
}

const schemaOrBoolean =
  (readSchema: Read): Read =>
  (cursor) => {
    if (cursor.next === majors.map) return readSchema(cursor);
    const byte = cursor.bytes[cursor.at];
    cursor.skip();
    if (byte === falseByte || byte === trueByte) return byte === trueByte;
    return new Failure('boolean or JSON schema expected');
  };

/** All else is nothing, and no fault. */
function schemaOrList(readSchema: Read, readItem: Read): Read {
  const list: Kind = {
    goType: '',
    list: (cursor) => readList(cursor, readItem),
  };
  return (cursor) => {
    if (cursor.next === majors.map) return readSchema(cursor);
    if (cursor.next === majors.list) return readKind(cursor, list, undefined);
    cursor.skip();
    return null;
  };
}

function readList(cursor: CborCursor, read: Read): Found {
  const more = itemsOf(cursor);
  const list: JsonValue[] = [];
  let failure: Failure | undefined;
  while (more()) {
    const found = read(cursor) ?? {};
    if (found instanceof Failure) failure ??= found;
    else list.push(found);
  }
  return failure ?? list;
}

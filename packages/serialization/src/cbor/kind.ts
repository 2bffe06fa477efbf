import type { JsonValue } from '@keelson/api-machinery';
import type { CborCursor } from './cbor-cursor.ts';
import { Failure, notAccepted, Unfit, wordOf } from './cbor-error.ts';
import { majors } from './cbor-writer.ts';
import { passTags, textOfBytes, textOfString, type TextForm } from './strings.ts';

/** What an item became; undefined for null, where that leaves a value as it is. */
export type Found = JsonValue | undefined | Failure;

/** Reads an item into a value of a type. */
export type ItemReader = (cursor: CborCursor, form: TextForm) => Found;

/** What a kind of value in Go takes. Kinds of items that it has nothing for do not fit. */
export interface Kind {
  /** Go's name, as its errors write it. */
  readonly goType: string;
  /** What null makes of it; undefined: nothing. */
  readonly nothing?: null;
  readonly integer?: (value: number | bigint, word: string) => Found;
  readonly fraction?: (value: number) => Found;
  readonly boolean?: (value: boolean) => Found;
  /** Text, exactly. */
  readonly text?: (exact: string) => Found;
  /** Bytes that are not text: without it, they are. */
  readonly bytes?: (bytes: Uint8Array, form: TextForm) => Found;
  /** Reads the items of a list whose head was read. */
  readonly list?: (cursor: CborCursor, form: TextForm) => Found;
  readonly whyNoList?: string;
  /** The same of a map. */
  readonly map?: (cursor: CborCursor, form: TextForm) => Found;
}

const largest = 0x7fff_ffff_ffff_ffffn;

/** Reads an item into a kind of value. Behaviour: fxamacker/cbor parseToValue, with the modes of k8s.io/apimachinery. */
export function readKind(cursor: CborCursor, kind: Kind, outer: TextForm): Found {
  const form = passTags(cursor, outer);
  if (form instanceof Failure) return form;
  const start = cursor.at;
  cursor.readHead();
  const { major } = cursor;
  if (major <= majors.negative) return integer(cursor, kind);
  if (major === majors.bytes) return byteString(cursor, kind, form);
  if (major === majors.text) return textString(cursor, kind);
  if (major === majors.simple) return simple(cursor, kind);
  const read = major === majors.list ? kind.list : kind.map;
  if (read !== undefined) return read(cursor, form);
  cursor.at = start;
  cursor.skip();
  return unfit(major, kind, major === majors.list ? kind.whyNoList : undefined);
}

const unfit = (major: number, { goType }: Kind, why?: string): Failure =>
  new Unfit(wordOf(major), goType, why);

function integer({ major, argument }: CborCursor, kind: Kind): Found {
  const word = wordOf(major);
  if (major === majors.unsigned) return kind.integer?.(argument, word) ?? unfit(major, kind);
  const value = argument < Number.MAX_SAFE_INTEGER ? -1 - Number(argument) : -1n - BigInt(argument);
  if (argument > largest) return unfit(major, kind, `${value} overflows Go's int64`);
  return kind.integer?.(value, word) ?? unfit(major, kind);
}

function byteString(cursor: CborCursor, kind: Kind, form: TextForm): Found {
  const bytes = cursor.string();
  const found = kind.bytes?.(bytes, form) ?? kind.text?.(textOfBytes(bytes, form));
  return found ?? unfit(majors.bytes, kind);
}

function textString(cursor: CborCursor, kind: Kind): Found {
  const text = textOfString(cursor);
  if (text instanceof Failure) return text;
  return kind.text?.(text) ?? unfit(majors.text, kind);
}

function simple(cursor: CborCursor, kind: Kind): Found {
  const { info } = cursor;
  if (info > 24) return kind.fraction?.(cursor.fraction()) ?? unfit(majors.simple, kind);
  const value = simpleOf(cursor);
  if (value === null) return kind.nothing;
  return value instanceof Failure ? value : (kind.boolean?.(value) ?? unfit(majors.simple, kind));
}

/** Of the values that are no numbers three are known. */
export function simpleOf({ argument }: CborCursor): boolean | null | Failure {
  if (argument === 20 || argument === 21) return argument === 21;
  if (argument === 22) return null;
  return new Failure(notAccepted(majors.simple, `simple value ${argument} is not recognized`));
}

/** How the items of a list or a map go on whose head was read: whether there is one more. */
export function itemsOf(cursor: CborCursor): () => boolean {
  let left = Number(cursor.argument);
  return cursor.info === 31 ? () => !cursor.takeBreak() : () => left-- > 0;
}

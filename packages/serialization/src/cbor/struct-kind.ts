import type { JsonValue } from '@keelson/api-machinery';
import type { FieldSchema, TypeSchema } from '@keelson/kubernetes-api';
import { readAny } from './any-value.ts';
import type { CborCursor } from './cbor-cursor.ts';
import { duplicateKey, Failure, Unfit, unknownField, wordOf } from './cbor-error.ts';
import { majors } from './cbor-writer.ts';
import { itemsOf, type Found, type ItemReader } from './kind.ts';
import { slotsOf, objectOf, type Slot } from '../slots.ts';
import { quotedText, textOfString, type TextForm } from './strings.ts';
import { exactText } from '../utf8.ts';

interface KnownField {
  readonly slot: number;
  readonly read: ItemReader;
  /** As errors write it: `v1.Pod.spec`. */
  readonly name: string;
}

/** What there is to know to read the objects of a type. */
export interface Plan {
  readonly slots: readonly Slot[];
  readonly fields: ReadonlyMap<string, KnownField>;
}

/** `goType`: Go's name of it. */
export const planOf = (
  schema: TypeSchema,
  goType: string,
  readerOf: (field: FieldSchema) => ItemReader,
): Plan => ({
  slots: slotsOf(schema),
  fields: new Map(
    schema.fields.map((field, slot) => [
      field.name,
      { slot, read: readerOf(field), name: `${goType}.${field.name}` },
    ]),
  ),
});

/** Nothing that is meant is deeper. Only schemas can be. */
export const maxDepth = 500;

/** What tells the keys of a map apart: numbers and exact texts are themselves. */
type Key = string | number | bigint | boolean | null;

/** Stands before the digits of a fraction: exact texts never have it. */
const fractionMark = '\udc00';

/** A key as Go prints it. */
function printedKey(key: Key): string {
  if (key === null) return '<nil>';
  if (typeof key !== 'string') return String(key);
  return key.startsWith(fractionMark) ? key.slice(1) : quotedText(key);
}

/** Reads a map whose head was read, and whose keys are the names of fields. */
export class StructReader {
  readonly #plan: Plan;
  readonly #cursor: CborCursor;
  readonly #form: TextForm;
  readonly #more: () => boolean;
  readonly #values: unknown[] = [];
  readonly #seen = new Set<KnownField | Key>();
  #failure: Failure | undefined;
  #unknown: number | undefined;

  constructor(plan: Plan, cursor: CborCursor, form: TextForm) {
    this.#plan = plan;
    this.#cursor = cursor;
    this.#form = form;
    this.#more = itemsOf(cursor);
  }

  read(): Found {
    if (this.#cursor.depth >= maxDepth)
      return this.#endWith(new Failure(`cbor: exceeded max nested level ${maxDepth}`));
    this.#cursor.depth++;
    const found = this.#entries();
    this.#cursor.depth--;
    return found;
  }

  #entries(): Found {
    const before = this.#cursor.unknown;
    for (let index = 0; this.#more(); index++) {
      const mayBeName = this.#cursor.next <= majors.text;
      const key = mayBeName ? this.#key() : this.#otherKey();
      const ending =
        key === undefined ? this.#cursor.skip() : this.#entry(key, { index, mayBeName });
      if (ending instanceof Failure) return this.#endWith(ending);
    }
    // What is unknown here counts more than what is unknown further in.
    if (this.#unknown !== undefined) this.#cursor.unknown = before ?? this.#unknown;
    return this.#failure ?? (objectOf(this.#plan.slots, this.#values) as JsonValue);
  }

  /** Reads the value of an entry. Gives what ends the map. */
  #entry(
    key: Key,
    { index, mayBeName }: { readonly index: number; readonly mayBeName: boolean },
  ): Failure | undefined {
    const field = mayBeName && typeof key === 'string' ? this.#plan.fields.get(key) : undefined;
    if (field === undefined && this.#cursor.isStrict)
      return this.#over(new Failure(unknownField(index)));
    // Keys that are no field's are looked for among themselves.
    const identity = field ?? key;
    if (this.#seen.has(identity)) return this.#over(duplicateKey(printedKey(key), index));
    this.#seen.add(identity);
    if (field === undefined) {
      this.#unknown ??= index;
      this.#cursor.skip();
    } else this.#field(field);
    return undefined;
  }

  #field({ slot, read, name }: KnownField): void {
    const found = read(this.#cursor, this.#form);
    if (found instanceof Failure) this.#failure ??= found.inField(name);
    else this.#values[slot] = found;
  }

  #over(failure: Failure): Failure {
    this.#cursor.skip();
    return failure;
  }

  /** Passes over the entries that are left. */
  #endWith(failure: Failure): Failure {
    while (this.#more()) {
      this.#cursor.skip();
      this.#cursor.skip();
    }
    return failure;
  }

  /** Undefined for a key that is none. */
  #key(): Key | undefined {
    this.#cursor.readHead();
    const { major } = this.#cursor;
    if (major <= majors.negative) return this.#integerKey(major);
    const text =
      major === majors.bytes ? exactText(this.#cursor.string()) : textOfString(this.#cursor);
    return text instanceof Failure ? this.#noKey(text) : text;
  }

  #noKey(failure: Failure): undefined {
    this.#failure ??= failure;
  }

  /** Fields may have numbers for names; none of Kubernetes' has. */
  #integerKey(major: number): Key | undefined {
    const { argument } = this.#cursor;
    if (argument > 0x7fff_ffff_ffff_ffffn) {
      const value = major === majors.negative ? `-1-${argument}` : String(argument);
      return this.#noKey(new Unfit(wordOf(major), 'int64', `${value} overflows Go's int64`));
    }
    if (major === majors.unsigned) return argument;
    return argument < Number.MAX_SAFE_INTEGER ? -1 - Number(argument) : -1n - BigInt(argument);
  }

  /** What can be the name of no field is wrong, and looked at all the same: it may be there twice, too. */
  #otherKey(): Key | undefined {
    const { next: major } = this.#cursor;
    const why = `map key is of type ${wordOf(major)} and cannot be used to match struct field name`;
    this.#noKey(new Unfit(wordOf(major), 'string', why));
    const value = readAny(this.#cursor, this.#form);
    if (value === null || typeof value !== 'object')
      // The head that was read last is that of the value itself, behind all tags.
      return this.#cursor.major === majors.simple && typeof value === 'number'
        ? `${fractionMark}${value}`
        : value;
    return undefined;
  }
}

import type { FieldSchema, FieldType, TypeSchema } from '@keelson/kubernetes-api';
import { schemaOf } from '@keelson/kubernetes-api/schemas';
import type { JsonValue } from '@keelson/api-machinery';
import { goItemName, goTypeName } from '../go-type-name.ts';
import { defineOwn } from '../own-property.ts';
import { DecodeContext } from './decode-context.ts';
import { JsonCursor } from './json-cursor.ts';
import { carefulBytes, carefulScalar, isPrimitive, wordOf } from './careful-scalars.ts';

/** What a text says for a type, as Go understands it. */
export interface CarefullyDecoded {
  /** The value as the fast reader wants it: what was there twice is merged, and numbers whose text counts are strings. */
  readonly value: JsonValue;
  /** Unknown and duplicate fields, in upstream's words: `unknown field "spec.x"`. */
  readonly problems: readonly string[];
}

/**
 * Decodes valid JSON in the order in which it stands there, as Go's decoder does, and says what is wrong in its words. Slow: for texts
 * that the fast reader does not take, or that have unknown or duplicate fields or odd numbers. Throws DecodeError.
 * Behaviour: sigs.k8s.io/json UnmarshalStrict.
 */
export function decodeCarefully(text: string, schema: TypeSchema): CarefullyDecoded {
  const context = new DecodeContext();
  const decoder = new CarefulDecoder(new JsonCursor(text), context);
  const value = decoder.value({ type: { ref: schema.id } }, undefined);
  if (context.mismatch !== undefined) throw context.mismatch;
  return { value: value ?? null, problems: [...context.problems] };
}

/** What a value should be: a field, or an item of one. */
type Target = Pick<FieldSchema, 'type' | 'pointer' | 'go'>;
type Decoded = JsonValue | undefined;

class CarefulDecoder {
  readonly #cursor: JsonCursor;
  readonly #context: DecodeContext;

  constructor(cursor: JsonCursor, context: DecodeContext) {
    this.#cursor = cursor;
    this.#context = context;
  }

  /** Decodes the next value; `old` is what an earlier field of the same name left, which Go decodes into. */
  value(target: Target, old: Decoded): Decoded {
    const { type } = target;
    const next = this.#cursor.peek();
    if (typeof type === 'string') return this.#scalar(type, target, old);
    if (next === 'n') {
      this.#cursor.skip();
      return 'ref' in type && target.pointer === undefined ? old : null;
    }
    if ('list' in type ? next !== '[' : next !== '{') return this.#unfit(next, target, old);
    if ('list' in type) return this.#list(type.list, goItemName(target.go), old);
    return 'map' in type
      ? this.#map(type.map, goItemName(target.go), old)
      : this.#struct(schemaOf(type.ref), old);
  }

  #unfit(next: string, { type, go }: Target, old: Decoded): Decoded {
    this.#context.unfit(wordOf(next), goTypeName(type, go));
    this.#cursor.skip();
    return old;
  }

  #scalar(type: Extract<FieldType, string>, target: Target, old: Decoded): Decoded {
    const next = this.#cursor.peek();
    if (next === 'n') {
      this.#cursor.skip();
      return isPrimitive(type) && target.pointer === undefined ? old : null;
    }
    if (type === 'bytes' && next === '[') return this.#byteList(old);
    return carefulScalar(type, this.#cursor.skip(), this.#context, target.go) ?? old;
  }

  /** Go takes a list of numbers for bytes, too. */
  #byteList(old: Decoded): Decoded {
    const list = this.#list('int32', 'uint8', undefined);
    return carefulBytes(list, this.#context) ?? old;
  }

  #list(type: FieldType, go: string | undefined, old: Decoded): JsonValue {
    const before = Array.isArray(old) ? old : [];
    const list: JsonValue[] = [];
    for (const index of this.#cursor.indexes())
      list.push(
        this.#context.inItem(index, () => this.value(target(type, go), before[index])) ?? null,
      );
    return list;
  }

  #map(type: FieldType, go: string | undefined, old: Decoded): JsonValue {
    const map = objectOf(old);
    const seen = new Set<string>();
    for (const key of this.#cursor.keys()) {
      if (seen.has(key)) this.#context.report('duplicate', key);
      seen.add(key);
      const value = this.#context.inEntry(key, () => this.value(target(type, go), undefined));
      defineOwn(map, key, value ?? (type === 'bytes' ? '' : null));
    }
    return map;
  }

  #struct(schema: TypeSchema, old: Decoded): JsonValue {
    const object = objectOf(old);
    const fields = fieldsOf(schema);
    const seen = new Set<string>();
    for (const key of this.#cursor.keys()) {
      const known = fields.get(key);
      if (known === undefined) {
        this.#context.report('unknown', key);
        this.#cursor.skip();
        continue;
      }
      if (seen.has(key)) this.#context.report('duplicate', key);
      seen.add(key);
      const value = this.#context.inField(schema, { embedded: known.embedded, key }, () =>
        this.value(known.field, object[key]),
      );
      if (value !== undefined) object[key] = value;
    }
    return object;
  }
}

const target = (type: FieldType, go: string | undefined): Target => ({
  type,
  ...(go === undefined ? {} : { go }),
});

const objectOf = (old: Decoded): { [key: string]: JsonValue } =>
  typeof old === 'object' && old !== null && !Array.isArray(old) ? old : {};

interface KnownField {
  readonly field: FieldSchema;
  /** The structs that Go embeds it by. */
  readonly embedded: readonly string[];
}

const known = new Map<string, ReadonlyMap<string, KnownField>>();

function fieldsOf(schema: TypeSchema): ReadonlyMap<string, KnownField> {
  const found = known.get(schema.id);
  if (found !== undefined) return found;
  const fields = new Map(
    schema.fields.map((field) => [field.name, { field, embedded: embeddedIn(field) }]),
  );
  known.set(schema.id, fields);
  return fields;
}

const embeddedIn = ({ proto = [] }: FieldSchema): readonly string[] =>
  proto
    .slice(0, -2)
    .flatMap((part) => (typeof part === 'string' ? [part.split('.').at(-1) ?? ''] : []));

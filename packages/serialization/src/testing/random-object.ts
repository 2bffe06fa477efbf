import {
  schemaOf,
  type FieldSchema,
  type FieldType,
  type ScalarType,
  type TypeSchema,
} from '@keelson/kubernetes-api';

/** Numbers from 0 to 1, the same ones for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    // mulberry32
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const texts = [
  'a',
  'web-1',
  'true',
  '0x1f',
  '12',
  '~',
  '- a',
  '# no comment',
  ' leading and trailing ',
  'two\nlines\n',
  'tab\there',
  '<a href="&">',
  'ünïcödé \u{1f600} \u2028',
  '\u0000\u0001\u007f\u00a0\ufeff',
  '\uffff\u{10000}',
  'it\'s \\ "quoted"',
  'x'.repeat(130),
  '__proto__',
  'constructor',
];

/** Makes objects of a type: in canonical form, without empty lists and maps, which protobuf does not have. */
export class RandomObjects {
  readonly #random: () => number;
  readonly #large: readonly bigint[];

  /** `large`: whole numbers beyond those that are exact as a number. */
  constructor(random: () => number, large: readonly bigint[] = []) {
    this.#random = random;
    this.#large = large;
  }

  /** Deep down only what must be there is. */
  object(schema: TypeSchema, depth = 0): Record<string, unknown> {
    const object: Record<string, unknown> = {};
    const odds = depth > 4 ? 0 : 0.75 / (depth + 1) ** 0.7;
    for (const field of schema.fields) {
      // Protobuf has the kind of an object inside another one nowhere.
      const isInnerKind = depth > 0 && field.proto === undefined;
      if (!isInnerKind && this.#random() < odds) object[field.name] = this.#field(field, depth);
    }
    return object;
  }

  #field({ type, name, proto }: FieldSchema, depth: number): unknown {
    // What a schema may be instead of a schema.
    if (type === 'json') return this.#union(String(proto?.at(-1)), name);
    return this.#value(type, depth);
  }

  #union(name: string, field: string): unknown {
    if (name.endsWith('OrArray'))
      return [
        { title: field, type: 'string', items: { type: 'number', id: 'b' } },
        { type: 'number' },
      ];
    if (name.endsWith('OrBool')) return this.#pick([true, false, { type: 'string' }]);
    if (name.includes('OrStringArray')) return { a: { type: 'string' }, b: ['x', 'y'] };
    if (name.startsWith('repeated')) return [this.#json(0)];
    return this.#json(0);
  }

  #value(type: FieldType, depth: number): unknown {
    if (typeof type === 'string') return this.#scalar(type);
    if ('ref' in type) return this.object(schemaOf(type.ref), depth + 1);
    const count = 1 + this.#below(3);
    if ('list' in type)
      return Array.from({ length: count }, () => this.#value(type.list, depth + 1));
    if (type.map === 'json') return this.#union('OrStringArray', '');
    return Object.fromEntries(
      Array.from({ length: count }, () => [this.#text(), this.#value(type.map, depth + 1)]),
    );
  }

  #scalar(type: ScalarType): unknown {
    const makers: Readonly<Record<ScalarType, () => unknown>> = {
      string: () => this.#text(),
      bytes: () => Buffer.from(this.#text()).toString('base64'),
      int32: () => this.#pick([0, 1, -1, 2147483647, -2147483648, this.#below(100_000)]),
      int64: () =>
        this.#pick([
          0,
          1,
          -1,
          Number.MAX_SAFE_INTEGER,
          -(2 ** 40),
          this.#below(2 ** 40),
          ...this.#large,
        ]),
      double: () => this.#pick([0, 1.5, -0.1, 1e21, 1e-7, this.#random()]),
      boolean: () => this.#random() < 0.5,
      time: () => `${this.#time()}Z`,
      microtime: () => `${this.#time()}.${String(this.#below(1_000_000)).padStart(6, '0')}Z`,
      quantity: () => this.#pick(['0', '100m', '1Gi', '1500M', '3e3', '9223372036854775808']),
      intorstring: () => this.#pick([0, 80, -5, '25%', 'http']),
      raw: () => ({ apiVersion: 'v1', kind: 'Any', more: this.#json(0) }),
      fieldsv1: () => ({ 'f:metadata': { 'f:labels': { '.': {}, 'f:app': {} } } }),
      json: () => this.#json(0),
    };
    return makers[type]();
  }

  /** A JSON value; keys in order, since some encodings put them in order. */
  #json(depth: number): unknown {
    const kind = this.#below(depth > 2 ? 5 : 7);
    if (kind === 5) return [this.#json(depth + 1), this.#json(depth + 1)];
    if (kind === 6) return { A: this.#json(depth + 1), b: this.#json(depth + 1) };
    return this.#pick([this.#text(), 7, 1.5, true, -123_456_789, ...this.#large]);
  }

  #time(): string {
    const seconds = this.#pick([0, 1, -1, 253_402_300_799, this.#below(2 ** 31)]);
    return new Date(seconds * 1000).toISOString().slice(0, 19);
  }

  #text = (): string => this.#pick(texts);
  #below = (limit: number): number => Math.floor(this.#random() * limit);
  #pick = <T>(choices: readonly T[]): T => choices[this.#below(choices.length)] as T;
}

/** Why bytes are no CBOR at all. */
export class CborError extends Error {}

/**
 * Why Go's decoder does not take an item. It goes on behind it: of all that is wrong the first counts, and what is there twice counts more.
 * A value and no exception: a body may have a million of them.
 */
export class Failure {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  get text(): string {
    return this.#text;
  }

  /** The same, in a field: `v1.Pod.spec`. The outermost is the one that Go names. */
  inField(_field: string): this {
    return this;
  }
}

/** Of an item that is of no type that Go could store there. */
export class Unfit extends Failure {
  readonly #word: string;
  readonly #goType: string;
  readonly #why: string | undefined;
  #field: string | undefined;

  constructor(word: string, goType: string, why?: string) {
    super('');
    this.#word = word;
    this.#goType = goType;
    this.#why = why;
  }

  override get text(): string {
    const where = this.#field === undefined ? 'value' : `struct field ${this.#field}`;
    const why = this.#why === undefined ? '' : ` (${this.#why})`;
    return `cbor: cannot unmarshal ${this.#word} into Go ${where} of type ${this.#goType}${why}`;
  }

  override inField(field: string): this {
    this.#field = field;
    return this;
  }
}

const words = [
  'positive integer',
  'negative integer',
  'byte string',
  'UTF-8 text string',
  'array',
  'map',
  'tag',
  'primitives',
] as const;

/** Go's word for a kind of item. */
export const wordOf = (major: number): string => words[major] ?? '';

/** What protocols may refuse, and this one does. */
export const notAccepted = (major: number, why: string): string =>
  `cbor: data item of cbor type ${wordOf(major)} is not accepted by protocol: ${why}`;

/** What comes again: a key as Go prints it, and the index of its entry. */
export const duplicateKey = (key: string, index: number): Failure =>
  new Failure(`cbor: found duplicate map key ${key} at map element index ${index}`);

export const unknownField = (index: number): string =>
  `cbor: found unknown field at map element index ${index}`;

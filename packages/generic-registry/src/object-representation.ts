import type { Representation } from '@keelson/rest-interfaces';

/** An object that is not stored, on its way to a client: what a dry run made, or a view such as Scale. */
export class ObjectRepresentation<T> implements Representation<T> {
  readonly object: T;
  readonly #encode: (object: T) => Uint8Array;
  readonly #encodings = new Map<string, Uint8Array>();
  #json: Uint8Array | undefined;

  /** `encode` gives the object's JSON, without a newline. It is called once, on first use. */
  constructor(object: T, encode: (object: T) => Uint8Array) {
    this.object = object;
    this.#encode = encode;
  }

  get json(): Uint8Array {
    return (this.#json ??= this.#encode(this.object));
  }

  encoded(encoding: string, make: (representation: Representation<T>) => Uint8Array): Uint8Array {
    const known = this.#encodings.get(encoding);
    if (known !== undefined) return known;
    const made = make(this);
    this.#encodings.set(encoding, made);
    return made;
  }
}

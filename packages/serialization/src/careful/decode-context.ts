import { goQuote } from '@keelson/api-machinery';
import type { TypeSchema } from '@keelson/kubernetes-api';
import { DecodeError } from '../decode-error.ts';

/** At most so many problems are named. Behaviour: sigs.k8s.io/json. */
const problemLimit = 100;

/** What a careful decoding knows of where it is and of what it found. */
export class DecodeContext {
  /** Unknown and duplicate fields in the order in which they stand in the text, each named once. */
  readonly problems = new Set<string>();
  /** The first value of a wrong type; what follows is looked at all the same, for it may be wrong in a worse way. */
  mismatch: DecodeError | undefined;
  /** The struct whose field this is, and the fields that lead here, those of embedded structs too. */
  #struct: TypeSchema | undefined;
  #fields: readonly string[] = [];
  /** Where this is for those who wrote it: with indexes and map keys. */
  #path = '';

  report(what: 'unknown' | 'duplicate', key: string): void {
    if (this.problems.size >= problemLimit) return;
    const path = this.#path === '' ? key : `${this.#path}.${key}`;
    this.problems.add(`${what} field ${goQuote(path)}`);
  }

  /** Notes that Go cannot store `got`, its word for what is there, in a value of type `type`. */
  unfit(got: string, type: string): void {
    this.mismatch ??= this.unfitError(got, type);
  }

  unfitError(got: string, type: string): DecodeError {
    const at =
      this.#struct === undefined
        ? `value of type ${type}`
        : `struct field ${this.#struct.name}.${this.#fields.join('.')} of type ${type}`;
    return new DecodeError(`json: cannot unmarshal ${got} into Go ${at}`);
  }

  /** Looks at a field of a struct. */
  inField<R>(
    struct: TypeSchema,
    { embedded, key }: { readonly embedded: readonly string[]; readonly key: string },
    look: () => R,
  ): R {
    const before = { struct: this.#struct, fields: this.#fields };
    this.#struct = struct;
    this.#fields = [...before.fields, ...embedded, key];
    // Not undone when it throws: the error tells where it happened.
    const found = this.#at(this.#path === '' ? key : `.${key}`, look);
    this.#struct = before.struct;
    this.#fields = before.fields;
    return found;
  }

  /** Looks at a value of a map. */
  inEntry<R>(key: string, look: () => R): R {
    return this.#at(this.#path === '' ? key : `.${key}`, look);
  }

  /** Looks at an item of a list. */
  inItem<R>(index: number, look: () => R): R {
    return this.#at(`[${index}]`, look);
  }

  #at<R>(step: string, look: () => R): R {
    const before = this.#path;
    this.#path += step;
    const found = look();
    this.#path = before;
    return found;
  }
}

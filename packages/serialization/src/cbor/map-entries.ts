import type { CborCursor } from './cbor-cursor.ts';
import { duplicateKey, Failure } from './cbor-error.ts';
import { itemsOf, readKind, type Kind } from './kind.ts';
import { quotedText, type TextForm } from './strings.ts';

/** The entries of a map whose head was read, by their exact keys. What is there twice ends it, whatever was wrong before. */
export class MapEntries<T> {
  readonly found = new Map<string, T>();
  failure: Failure | undefined;
  readonly #cursor: CborCursor;
  readonly #form: TextForm;
  readonly #more: () => boolean;
  readonly #keyKind: Kind;
  #key = '';
  #index = -1;
  #isOver = false;

  constructor(cursor: CborCursor, form: TextForm, keyType: string) {
    this.#cursor = cursor;
    this.#form = form;
    this.#more = itemsOf(cursor);
    this.#keyKind = { goType: keyType, text: (exact) => exact };
  }

  /** Reads the next key whose value is to be read; false when there is none. */
  nextKey(): boolean {
    while (!this.#isOver && this.#more()) {
      this.#index++;
      // Null leaves Go's key as it was, which is the one before.
      const key = readKind(this.#cursor, this.#keyKind, this.#form) ?? this.#key;
      if (typeof key === 'string') {
        this.#key = key;
        return true;
      }
      if (key instanceof Failure) this.failure ??= key;
      this.#cursor.skip();
    }
    return false;
  }

  /** The value of the key that was read. */
  add(value: T | Failure): void {
    if (value instanceof Failure) this.failure ??= value;
    else if (this.found.has(this.#key))
      this.#endWith(duplicateKey(quotedText(this.#key), this.#index));
    else this.found.set(this.#key, value);
  }

  #endWith(failure: Failure): void {
    this.failure = failure;
    this.#isOver = true;
    while (this.#more()) {
      this.#cursor.skip();
      this.#cursor.skip();
    }
  }
}

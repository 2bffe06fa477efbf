import { bytesOf } from '../bytes.ts';
import { irregular } from '../reader.ts';
import { majors } from './cbor-writer.ts';
import type { QuickSource } from './quick-source.ts';

interface Entry<T> {
  readonly bytes: Uint8Array;
  readonly value: T;
}

/** Finds what belongs to a key without making a string of it. */
export class KeyTable<T> {
  readonly #mask: number;
  readonly #entries: (readonly Entry<T>[] | undefined)[];

  constructor(values: Iterable<readonly [key: string, value: T]>) {
    const entries = [...values].map(([key, value]) => ({ bytes: bytesOf(key), value }));
    const size = 2 ** Math.ceil(Math.log2(4 * entries.length + 1));
    this.#mask = size - 1;
    this.#entries = Array.from({ length: size }, () => undefined);
    for (const entry of entries) {
      const place = hashOf(entry.bytes, 0, entry.bytes.length) & this.#mask;
      this.#entries[place] = [...(this.#entries[place] ?? []), entry];
    }
  }

  /** Reads a key. Throws `irregular` for one that is not known. */
  read(source: QuickSource): T {
    const first = source.byte();
    if (first >>> 5 !== majors.bytes && first >>> 5 !== majors.text) throw irregular;
    const { bytes } = source;
    const length = source.argument(first & 31);
    const start = source.at;
    const candidates = this.#entries[hashOf(bytes, start, length) & this.#mask];
    if (candidates !== undefined)
      for (const { bytes: key, value } of candidates)
        if (key.length === length && isAt(bytes, start, key)) {
          source.at = start + length;
          return value;
        }
    throw irregular;
  }
}

const hashOf = (bytes: Uint8Array, start: number, length: number): number =>
  length * 7 +
  (bytes[start] ?? 0) * 31 +
  (bytes[start + (length >> 1)] ?? 0) * 5 +
  (bytes[start + length - 1] ?? 0) * 17;

function isAt(bytes: Uint8Array, start: number, key: Uint8Array): boolean {
  for (let at = 0; at < key.length; at++) if (bytes[start + at] !== key[at]) return false;
  return true;
}

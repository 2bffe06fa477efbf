import type { Revision } from '@keelson/storage-backend';
import { SharedEvent } from './change.ts';
import type { StoredSnapshot } from './stored-snapshot.ts';

/**
 * The objects that watches begin with, as events. Watches of one selection that begin at the same revision share them, so that
 * a thousand clients that come back at once cost one framing. Encodings are dropped behind a watch that reads alone.
 */
export class InitialEvents<T> {
  readonly revision: Revision;
  readonly #events: readonly SharedEvent<T>[];
  /** By where they begin, while somebody reads them: readers get the very same arrays. */
  readonly #chunks = new Map<number, readonly SharedEvent<T>[]>();
  #readers = 0;

  constructor(revision: Revision, snapshots: readonly StoredSnapshot<T>[]) {
    this.revision = revision;
    this.#events = snapshots.map((snapshot) => new SharedEvent('ADDED', snapshot));
  }

  get isRead(): boolean {
    return this.#readers > 0;
  }

  /** Reads them in chunks. Who reads is counted from the first chunk to the last, or until they return early. */
  *chunks(size: number): Generator<readonly SharedEvent<T>[]> {
    this.#readers++;
    try {
      for (let from = 0; from < this.#events.length; from += size) {
        const chunk = this.#chunks.get(from) ?? this.#events.slice(from, from + size);
        this.#chunks.set(from, chunk);
        yield chunk;
        if (this.#readers === 1) this.#forget(from, chunk);
      }
    } finally {
      this.#readers--;
    }
  }

  #forget(from: number, chunk: readonly SharedEvent<T>[]): void {
    this.#chunks.delete(from);
    for (const event of chunk) event.forgetEncodings();
  }
}

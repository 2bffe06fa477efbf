import type { Revision } from '../storage-backend.ts';
import { StorageError } from '../storage-error.ts';
import type { Connection } from './connection.ts';
import { closed } from './connection.ts';
import { toStorageError } from './errors.ts';
import { range, toNumber, watch } from './messages.ts';

/** A key that nobody writes: it is only asked what was there once. */
const key = Buffer.from('/');

/** Finds out how far history was given up. etcd says so only to those who ask for what is gone. */
export class CompactedRevision {
  readonly #connection: Connection;
  /** The last answer; it can only have grown. */
  #known: Revision = 0;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async get(): Promise<Revision> {
    if (!(await this.#isGone(Math.max(this.#known, 1)))) return this.#known;
    this.#known = Math.max(this.#known, await this.#fromWatch());
    return this.#known;
  }

  async #isGone(revision: Revision): Promise<boolean> {
    try {
      await this.#connection.call(range, { key, revision, countOnly: true });
      return false;
    } catch (error) {
      if (toStorageError(error).code === 'compacted') return true;
      throw error;
    }
  }

  /** A watch from a revision that is gone is ended with the one that is not. */
  async #fromWatch(): Promise<Revision> {
    const { stream, failed } = this.#connection.open(watch);
    stream.on('error', () => undefined);
    stream.write({
      createRequest: {
        key,
        rangeEnd: Buffer.alloc(0),
        startRevision: Math.max(this.#known, 1),
        progressNotify: false,
        prevKv: false,
        fragment: false,
      },
    });
    try {
      for await (const response of stream) {
        if (response.canceled) return toNumber(response.compactRevision);
      }
    } catch (error) {
      failed(error);
      if (this.#connection.closed) throw closed();
      throw error;
    } finally {
      stream.cancel();
    }
    throw new StorageError('unavailable', { message: 'etcd ended the watch without a reason' });
  }
}

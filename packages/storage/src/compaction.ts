import type { Clock } from '@keelson/api-machinery';
import type { Revision, StorageBackend } from '@keelson/storage-backend';

/** How long a remote backend's answer is good. Behaviour: k8s.io/apiserver cacher compactorPollPeriod. */
const remoteAnswerAge = 15_000;

/**
 * The revision up to which the backend has given up history. The cache honours it: what an old revision is answered with must
 * not depend on the server that is asked, nor on what else it has been asked for.
 */
export class Compaction {
  readonly #backend: StorageBackend;
  readonly #clock: Clock;
  #revision: Revision = 0;
  #asked = -Infinity;

  constructor(backend: StorageBackend, clock: Clock) {
    this.#backend = backend;
    this.#clock = clock;
  }

  /** Whether a state can still be asked for, as far as is known. */
  async keeps(revision: Revision): Promise<boolean> {
    const now = this.#clock.now();
    if (this.#backend.location === 'local' || now - this.#asked >= remoteAnswerAge) {
      this.#asked = now;
      this.#revision = await this.#backend.compactedRevision();
    }
    return revision >= this.#revision;
  }
}

import type { StorageBackend } from '@keelson/storage-backend';

// Behaviour: pkg/controlplane/reconcilers/lease.go, v1.37.
const ttlSeconds = 15;

/** Who of several servers on one store is alive: each holds a key that deletes itself unless it is renewed. */
export class MasterLeases {
  readonly #backend: StorageBackend;
  readonly #prefix: string;

  constructor(backend: StorageBackend, root: string) {
    this.#backend = backend;
    this.#prefix = `${root}/masterleases/`;
  }

  async renew(address: string): Promise<void> {
    const lease = {
      kind: 'Endpoints',
      apiVersion: 'v1',
      metadata: {},
      subsets: [{ addresses: [{ ip: address }] }],
    };
    // oxlint-disable-next-line unicorn/no-thenable -- a transaction's steps; nobody awaits one
    await this.#backend.transact({
      compare: [],
      then: [
        {
          type: 'put',
          key: this.#prefix + address,
          value: Buffer.from(JSON.stringify(lease)),
          ttlSeconds,
        },
      ],
    });
  }

  async remove(address: string): Promise<void> {
    // oxlint-disable-next-line unicorn/no-thenable -- as above
    await this.#backend.transact({
      compare: [],
      then: [{ type: 'delete', key: this.#prefix + address }],
    });
  }

  /** The addresses of all that are alive, in order. */
  async alive(): Promise<readonly string[]> {
    const { entries } = await this.#backend.list(this.#prefix);
    return entries.map(({ key }) => key.slice(this.#prefix.length));
  }
}

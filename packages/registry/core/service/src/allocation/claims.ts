import { toStatusError, type WriteEffects } from '@keelson/generic-registry';
import type { StorageBackend } from '@keelson/storage-backend';

/**
 * What services hold of what there is only one of each: a key of the backend for every cluster IP and every node port. Who
 * writes the key in the transaction that writes the service holds it; nothing is held by anybody's memory.
 */
export class Claims {
  readonly #backend: StorageBackend;
  /** Taken by writes of this server that are not decided yet: other writes had better choose something else. */
  readonly #underWay = new Set<string>();

  constructor(backend: StorageBackend) {
    this.#backend = backend;
  }

  async isHeld(key: string): Promise<boolean> {
    return (await translated(this.#backend.get(key))) !== undefined;
  }

  /** Whether a key is held, or may be soon. */
  async isWanted(key: string): Promise<boolean> {
    return this.#underWay.has(key) || (await this.isHeld(key));
  }

  /** All keys below a prefix that are held, or may be soon. */
  async wanted(prefix: string): Promise<ReadonlySet<string>> {
    const { entries } = await translated(this.#backend.list(prefix));
    return new Set([...entries.map(({ key }) => key), ...this.#underWay]);
  }

  begin(): WriteClaims {
    return new WriteClaims(this.#underWay);
  }
}

/** What one write takes and gives back. */
export class WriteClaims {
  readonly #underWay: Set<string>;
  readonly #taken = new Map<string, Uint8Array>();
  readonly #released = new Set<string>();

  constructor(underWay: Set<string>) {
    this.#underWay = underWay;
  }

  takes(key: string): boolean {
    return this.#taken.has(key);
  }

  /** The write happens only if nobody holds the key then. */
  take(key: string, value: unknown): void {
    this.#taken.set(key, Buffer.from(JSON.stringify(value)));
    this.#underWay.add(key);
  }

  release(key: string): void {
    this.#released.add(key);
  }

  /** Lets others choose what this write wanted. */
  end(): void {
    for (const key of this.#taken.keys()) this.#underWay.delete(key);
  }

  /** What goes into the write's transaction. */
  effects(): WriteEffects {
    const end = () => this.end();
    if (this.#taken.size + this.#released.size === 0) return {};
    const taken = [...this.#taken];
    return {
      also: {
        compare: taken.map(([key]) => ({ key, revision: 0 })),
        // oxlint-disable-next-line unicorn/no-thenable -- a transaction's steps
        then: [
          ...taken.map(([key, value]) => ({ type: 'put' as const, key, value })),
          ...[...this.#released].map((key) => ({ type: 'delete' as const, key })),
        ],
      },
      commit: end,
      rollback: end,
    };
  }
}

async function translated<R>(answer: Promise<R>): Promise<R> {
  try {
    return await answer;
  } catch (error) {
    throw toStatusError(error);
  }
}

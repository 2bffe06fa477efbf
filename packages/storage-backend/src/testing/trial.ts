import { expect } from 'chai';
import type {
  Entry,
  Operation,
  Revision,
  StorageBackend,
  TransactionResult,
  WriteOptions,
} from '../storage-backend.ts';
import { StorageError } from '../storage-error.ts';
import type { BackendUnderTest } from './clause.ts';
import type { StorageErrorCode } from '../storage-error.ts';
import { WatchReader } from './watch-reader.ts';

let trials = 0;

/** A store in the hands of one clause, under a prefix that no other clause uses. Names are keys without the prefix. */
export class Trial implements AsyncDisposable {
  backend: StorageBackend;
  readonly prefix = `/contract/${process.pid}-${trials++}/`;
  readonly #subject: Pick<BackendUnderTest, 'reopen' | 'makeRoom'>;
  readonly #stop = new AbortController();

  constructor(
    backend: StorageBackend,
    subject: Pick<BackendUnderTest, 'reopen' | 'makeRoom'> = {},
  ) {
    this.backend = backend;
    this.#subject = subject;
  }

  key(name: string): string {
    return this.prefix + name;
  }

  /** Writes whatever the key holds. */
  async put(name: string, value: string, options: WriteOptions = {}): Promise<Revision> {
    return this.write({ type: 'put', key: this.key(name), value: bytes(value), ...options });
  }

  async delete(name: string): Promise<Revision> {
    return this.write({ type: 'delete', key: this.key(name) });
  }

  async write(...operations: Operation[]): Promise<Revision> {
    const { succeeded, revision } = await this.backend.transact({ compare: [], then: operations });
    expect(succeeded).to.equal(true);
    return revision;
  }

  /** Writes if the key stands at a revision. */
  async putIf(name: string, expected: Revision, value: string): Promise<TransactionResult> {
    const key = this.key(name);
    return this.backend.transact({
      compare: [{ key, revision: expected }],
      then: [{ type: 'put', key, value: bytes(value) }],
    });
  }

  async value(name: string, at?: Revision): Promise<string | undefined> {
    return text(await this.backend.get(this.key(name), { at }));
  }

  /** `name=value` of all keys in order. */
  async contents(at?: Revision): Promise<string[]> {
    const page = await this.backend.list(this.prefix, { at });
    return page.entries.map((entry) => this.show(entry));
  }

  show(entry: Entry): string {
    return `${entry.key.slice(this.prefix.length)}=${text(entry)}`;
  }

  /** Watches below a name; ends with the trial. */
  watch(after: Revision, { name = '', signal }: { name?: string; signal?: AbortSignal } = {}) {
    const stop = signal ? AbortSignal.any([signal, this.#stop.signal]) : this.#stop.signal;
    const batches = this.backend.watch(this.key(name), { after, signal: stop });
    return new WatchReader(batches, this.prefix);
  }

  async reopen(): Promise<void> {
    await this.backend[Symbol.asyncDispose]();
    this.backend = await this.#subject.reopen!(this.backend);
  }

  async makeRoom(): Promise<void> {
    await this.#subject.makeRoom?.();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    await this.backend[Symbol.asyncDispose]();
  }
}

export function bytes(value: string): Uint8Array {
  return new TextEncoder().encode(value);
}

export function text(entry: Entry | undefined): string | undefined {
  return entry && new TextDecoder().decode(entry.value);
}

export async function expectError(
  attempt: Promise<unknown>,
  code: StorageErrorCode,
): Promise<StorageError> {
  const error = await attempt.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).to.be.instanceOf(StorageError);
  expect((error as StorageError).code).to.equal(code);
  return error as StorageError;
}

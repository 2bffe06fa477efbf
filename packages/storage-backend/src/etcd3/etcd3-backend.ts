import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../local/clock.ts';
import { systemClock } from '../local/clock.ts';
import { checkKeys } from '../local/limits.ts';
import type {
  Comparison,
  Entry,
  EventBatch,
  ListOptions,
  Operation,
  Page,
  ReadOptions,
  Revision,
  StorageBackend,
  Transaction,
  TransactionResult,
  WatchOptions,
} from '../storage-backend.ts';
import { StorageError } from '../storage-error.ts';
import { CompactedRevision } from './compacted-revision.ts';
import { CompactionTurn } from './compaction-turn.ts';
import type { ConnectionOptions } from './connection.ts';
import { Connection, closed, orStorageError } from './connection.ts';
import { entryOf, ownEntryOf } from './entry.ts';
import { isLeaseGone, toStorageError } from './errors.ts';
import { rangeOf } from './key-range.ts';
import { LeaseCache } from './lease-cache.ts';
import type { Compare, RangeRequest, RangeResponse, RequestOp, TxnResponse } from './messages.ts';
import { compact, leaseGrant, range, status, toNumber, txn } from './messages.ts';
import { answersProgress } from './server-version.ts';
import { SharedCall } from './shared-call.ts';
import { Watch } from './watch.ts';

export interface Etcd3Options extends ConnectionOptions {
  readonly clock?: Clock;
  /** How long to wait for etcd at the start. */
  readonly connectTimeoutMs?: number;
}

/** Long lists are read in pages of so many keys, so that neither side holds all of it as one message. */
const keysPerPage = 5000;
const compareModRevision = 2;
const defaultConnectTimeout = 20_000;
const connectPause = 200;

/** A store on an etcd cluster, which others may write to as well. */
class Etcd3Backend implements StorageBackend {
  readonly location = 'remote';
  readonly answersProgress: boolean;
  readonly #connection: Connection;
  readonly #leases: LeaseCache;
  readonly #compacted: CompactedRevision;
  readonly #turn: CompactionTurn;
  /** Asked for by nearly every read of a server with a cache. */
  readonly #newest = new SharedCall(() => this.#readRevision());
  readonly #watches = new Set<Watch>();

  constructor(connection: Connection, clock: Clock, answersProgress: boolean) {
    this.#connection = connection;
    this.#compacted = new CompactedRevision(connection);
    this.#turn = new CompactionTurn(connection);
    this.answersProgress = answersProgress;
    this.#leases = new LeaseCache(clock, async (ttl) => {
      const { id } = await connection.call(leaseGrant, { ttl });
      return id;
    });
  }

  async get(key: string, { at = 0 }: ReadOptions = {}): Promise<Entry | undefined> {
    const { kvs } = await this.#range({ key: Buffer.from(key), revision: at });
    return kvs[0] && entryOf(kvs[0]);
  }

  async list(prefix: string, { at, limit, start }: ListOptions = {}): Promise<Page> {
    const entries: Entry[] = [];
    let { key, rangeEnd } = rangeOf(prefix, start);
    let revision = at;
    for (;;) {
      const wanted = Math.min(keysPerPage, (limit ?? Infinity) - entries.length);
      const page = await this.#range({ key, rangeEnd, limit: wanted, revision: revision ?? 0 });
      revision ??= toNumber(page.header.revision);
      for (const kv of page.kvs) entries.push(ownEntryOf(kv));
      const remaining = toNumber(page.count) - page.kvs.length;
      if (remaining === 0 || entries.length === limit) return { entries, revision, remaining };
      key = Buffer.concat([page.kvs.at(-1)!.key, Buffer.of(0)]);
    }
  }

  async count(prefix: string): Promise<number> {
    const { count } = await this.#range({ ...rangeOf(prefix), countOnly: true });
    return toNumber(count);
  }

  async transact(transaction: Transaction): Promise<TransactionResult> {
    checkKeys(transaction);
    return await orStorageError(async () => {
      const response = await this.#txn(transaction).catch(async (error: unknown) => {
        if (!isLeaseGone(error)) throw error;
        for (const ttl of ttlsOf(transaction)) this.#leases.forget(ttl);
        return await this.#txn(transaction);
      });
      const revision = toNumber(response.header.revision);
      if (response.succeeded) return { succeeded: true, revision };
      return { succeeded: false, revision, current: currentOf(response) };
    });
  }

  watch(prefix: string, { after, signal }: WatchOptions): AsyncIterable<EventBatch> {
    return { [Symbol.asyncIterator]: () => this.#startWatch(prefix, after, signal) };
  }

  requestProgress(prefix: string): void {
    for (const watch of this.#watches) {
      if (watch.prefix === prefix) watch.askProgress();
    }
  }

  revision(): Promise<Revision> {
    return this.#newest.get();
  }

  async #readRevision(): Promise<Revision> {
    const { header } = await this.#range({ key: Buffer.from('/'), countOnly: true });
    return toNumber(header.revision);
  }

  async compactedRevision(): Promise<Revision> {
    return await orStorageError(() => this.#compacted.get());
  }

  async compact(revision: Revision): Promise<void> {
    try {
      await this.#connection.call(compact, { revision });
    } catch (error) {
      const reason = toStorageError(error);
      // It was done already, perhaps by another server.
      if (reason.code === 'compacted') return;
      throw await this.#withNewest(reason);
    }
  }

  async claimCompaction(revision: Revision): Promise<boolean> {
    return await orStorageError(() => this.#turn.claim(revision));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const watch of this.#watches) watch.end(closed());
    this.#connection[Symbol.dispose]();
  }

  async #range(request: RangeRequest): Promise<RangeResponse> {
    try {
      return await this.#connection.call(range, request);
    } catch (error) {
      throw await this.#withNewest(toStorageError(error));
    }
  }

  /** etcd does not say with its errors what the newest revision is; the contract does. */
  async #withNewest(error: StorageError): Promise<StorageError> {
    const { code, message } = error;
    if (code !== 'compacted' && code !== 'future-revision') return error;
    return new StorageError(code, { message, revision: await this.revision(), cause: error.cause });
  }

  async #txn({ compare, then }: Transaction): Promise<TxnResponse> {
    return await this.#connection.call(txn, {
      compare: compare.map(toCompare),
      success: await Promise.all(then.map((operation) => this.#toRequest(operation))),
      failure: compare.map(({ key }) => ({ requestRange: { key: Buffer.from(key) } })),
    });
  }

  async #toRequest(operation: Operation): Promise<RequestOp> {
    const key = Buffer.from(operation.key);
    if (operation.type === 'delete') return { requestDeleteRange: { key } };
    const { value, ttlSeconds } = operation;
    if (ttlSeconds === undefined) return { requestPut: { key, value } };
    return { requestPut: { key, value, lease: await this.#leases.leaseFor(ttlSeconds) } };
  }

  #startWatch(prefix: string, after: Revision, signal: AbortSignal | undefined): Watch {
    const stop = () => watch.end();
    const watch: Watch = new Watch({
      connection: this.#connection,
      prefix,
      after,
      canAskProgress: this.answersProgress,
      newest: () => this.revision(),
      onEnd: () => {
        this.#watches.delete(watch);
        signal?.removeEventListener('abort', stop);
      },
    });
    this.#watches.add(watch);
    if (this.#connection.closed) watch.end(closed());
    else if (signal?.aborted) watch.end();
    else signal?.addEventListener('abort', stop, { once: true });
    return watch;
  }
}

/**
 * Connects to an etcd cluster. Throws `unavailable` or `timeout` when no member answers in time, `TypeError` when an
 * endpoint is none.
 */
export async function openEtcd3Backend(options: Etcd3Options): Promise<StorageBackend> {
  using stack = new DisposableStack();
  const connection = stack.use(new Connection(options));
  const timeout = options.connectTimeoutMs ?? defaultConnectTimeout;
  const versions = await serverVersions(connection, timeout);
  stack.move();
  return new Etcd3Backend(
    connection,
    options.clock ?? systemClock,
    versions.every(answersProgress),
  );
}

/** The versions of the members that answer, as soon as one does. */
async function serverVersions(connection: Connection, timeoutMs: number): Promise<string[]> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const answers = await connection.callEach(status, {});
    const versions = answers.flatMap((a) => (a.status === 'fulfilled' ? [a.value.version] : []));
    if (versions.length > 0) return versions;
    const failed = answers.find((answer) => answer.status === 'rejected');
    if (performance.now() > deadline) throw toStorageError(failed?.reason);
    await sleep(connectPause);
  }
}

function toCompare({ key, revision }: Comparison): Compare {
  return { target: compareModRevision, key: Buffer.from(key), modRevision: revision };
}

function currentOf({ responses }: TxnResponse): (Entry | undefined)[] {
  return responses.map(({ responseRange }) => {
    const kv = responseRange?.kvs[0];
    return kv && entryOf(kv);
  });
}

function ttlsOf({ then }: Transaction): number[] {
  return then.flatMap((operation) =>
    operation.type === 'put' && operation.ttlSeconds !== undefined ? [operation.ttlSeconds] : [],
  );
}

import { setTimeout as sleep } from 'node:timers/promises';
import * as grpc from '@grpc/grpc-js';
import { StorageError } from '../storage-error.ts';
import { channelTo } from './endpoint.ts';
import type { Credentials } from './endpoint.ts';
import { isPassing, isTimeout, isUnsent, toStorageError } from './errors.ts';
import type { Method } from './messages.ts';

export interface ConnectionOptions extends Credentials {
  /** `https://host:port`, `http://host:port`, `unix:///path`: one is used until it fails, then the next. */
  readonly endpoints: readonly string[];
  /** How long a call may take, with all that is done to get an answer. */
  readonly timeoutMs?: number;
}

/** Behaviour: k8s.io/apiserver endpoints/handlers requestTimeoutUpperBound. */
const defaultTimeout = 34_000;
/** How long one member of several may take over what another could be asked, too. */
const attemptTimeout = 5000;
const pollTimeout = 2000;
/** How long to wait when no member could do it, doubled up to the second number. */
const firstPause = 50;
const longestPause = 500;

/** A list may be of any size; dead connections are found out; a member that is back is soon in use again. */
const channelOptions: grpc.ChannelOptions = {
  'grpc.max_receive_message_length': -1,
  'grpc.max_send_message_length': -1,
  'grpc.keepalive_time_ms': 10_000,
  'grpc.keepalive_timeout_ms': 10_000,
  'grpc.initial_reconnect_backoff_ms': 100,
  'grpc.max_reconnect_backoff_ms': 1000,
};

/** A member that lost its leader says so at once instead of trying until the time is up. */
const metadata = new grpc.Metadata();
metadata.set('hasleader', 'true');

export type Stream<Request, Response> = grpc.ClientDuplexStream<Request, Response>;

/** The members of an etcd cluster. Calls go to one of them for as long as it answers. */
export class Connection implements Disposable {
  readonly #clients: readonly grpc.Client[];
  readonly #timeoutMs: number;
  #current = 0;
  #closed = false;

  constructor(options: ConnectionOptions) {
    this.#timeoutMs = options.timeoutMs ?? defaultTimeout;
    this.#clients = options.endpoints.map((endpoint) => {
      const { target, credentials, options: own } = channelTo(endpoint, options);
      return new grpc.Client(target, credentials, { ...channelOptions, ...own });
    });
  }

  get closed(): boolean {
    return this.#closed;
  }

  /**
   * Asks one member after the other, again and again, until one answers or the time is up. A request that may have been
   * carried out is asked again only when that does no harm.
   */
  async call<Request, Response>(
    method: Method<Request, Response>,
    request: Request,
  ): Promise<Response> {
    const deadline = Date.now() + this.#timeoutMs;
    let pause = firstPause;
    for (let tried = 1; ; tried++) {
      this.checkOpen();
      const client = this.#clients[this.#current]!;
      try {
        return await unary(client, method, request, this.#attemptUntil(method, deadline));
      } catch (error) {
        this.#turnFrom(client, error);
        const again = method.repeatable ? isPassing(error) || isTimeout(error) : isUnsent(error);
        if (!again) throw error;
        if (Date.now() + pause >= deadline) throw outOfTime(error);
      }
      if (tried % this.#clients.length !== 0) continue;
      await sleep(pause);
      pause = Math.min(pause * 2, longestPause);
    }
  }

  /** Asks every member, and does not wait long for one that is away; an answer for each. */
  async callEach<Request, Response>(
    method: Method<Request, Response>,
    request: Request,
  ): Promise<PromiseSettledResult<Response>[]> {
    const deadline = Date.now() + Math.min(this.#timeoutMs, pollTimeout);
    return await Promise.allSettled(
      this.#clients.map((client) => unary(client, method, request, deadline)),
    );
  }

  /** Opens a stream to the member that is in use. When it fails, `failed` moves on to the next one. */
  open<Request, Response>(method: Method<Request, Response>) {
    this.checkOpen();
    const client = this.#clients[this.#current]!;
    const stream: Stream<Request, Response> = client.makeBidiStreamRequest(
      method.path,
      method.serialize,
      method.deserialize,
      metadata,
    );
    return { stream, failed: (error: unknown) => this.#turnFrom(client, error) };
  }

  checkOpen(): void {
    if (this.#closed) throw closed();
  }

  [Symbol.dispose](): void {
    this.#closed = true;
    for (const client of this.#clients) client.close();
  }

  #attemptUntil({ repeatable }: Method<never, unknown>, deadline: number): number {
    if (!repeatable || this.#clients.length === 1) return deadline;
    return Math.min(deadline, Date.now() + attemptTimeout);
  }

  #turnFrom(client: grpc.Client, error: unknown): void {
    if (this.#clients[this.#current] !== client) return;
    if (!isPassing(error) && !isTimeout(error)) return;
    this.#current = (this.#current + 1) % this.#clients.length;
  }
}

export function closed(): StorageError {
  return new StorageError('unavailable', { message: 'the store is closed' });
}

function outOfTime(cause: unknown): StorageError {
  const { message } = toStorageError(cause);
  return new StorageError('timeout', { message, cause });
}

/** Runs calls; errors come out as the contract names them. */
export async function orStorageError<T>(calls: () => Promise<T>): Promise<T> {
  try {
    return await calls();
  } catch (error) {
    throw toStorageError(error);
  }
}

function unary<Request, Response>(
  client: grpc.Client,
  method: Method<Request, Response>,
  request: Request,
  deadline: number,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const { path, serialize, deserialize } = method;
    client.makeUnaryRequest(
      path,
      serialize,
      deserialize,
      request,
      metadata,
      { deadline },
      (error, response) => {
        if (error) reject(error);
        else resolve(response!);
      },
    );
  });
}

import * as grpc from '@grpc/grpc-js';
import { StorageError } from '../storage-error.ts';
import { isPassing, isUnsent, toStorageError } from './errors.ts';
import type { Method } from './messages.ts';

export interface ConnectionOptions {
  /** `https://host:port`, `http://host:port`, `unix:///path`; the first one that answers is used, then the next. */
  readonly endpoints: readonly string[];
  /** PEM: who is trusted to be etcd, and who this client is. */
  readonly ca?: Buffer;
  readonly cert?: Buffer;
  readonly key?: Buffer;
  /** How long a call may take. */
  readonly timeoutMs?: number;
}

const defaultTimeout = 10_000;
const pollTimeout = 2000;

/** A list may be of any size; dead connections are found out as kube-apiserver does; a member that is back is soon in use again. */
const channelOptions: grpc.ChannelOptions = {
  'grpc.max_receive_message_length': -1,
  'grpc.max_send_message_length': -1,
  'grpc.keepalive_time_ms': 30_000,
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
      const { target, credentials } = parseEndpoint(endpoint, options);
      return new grpc.Client(target, credentials, channelOptions);
    });
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Asks one member after the other until one answers; a request that may have been carried out is asked again only when that does no harm. */
  async call<Request, Response>(
    method: Method<Request, Response>,
    request: Request,
  ): Promise<Response> {
    const deadline = Date.now() + this.#timeoutMs;
    for (let left = this.#clients.length; ;) {
      this.checkOpen();
      const client = this.#clients[this.#current]!;
      try {
        return await unary(client, method, request, deadline);
      } catch (error) {
        this.#turnFrom(client, error);
        left--;
        const again = method.repeatable ? isPassing(error) : isUnsent(error);
        if (left === 0 || !again) throw error;
      }
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

  #turnFrom(client: grpc.Client, error: unknown): void {
    if (!isPassing(error) || this.#clients[this.#current] !== client) return;
    this.#current = (this.#current + 1) % this.#clients.length;
  }
}

export function closed(): StorageError {
  return new StorageError('unavailable', { message: 'the store is closed' });
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

function parseEndpoint(
  endpoint: string,
  { ca, cert, key }: ConnectionOptions,
): { readonly target: string; readonly credentials: grpc.ChannelCredentials } {
  const { scheme = 'http', address = '' } =
    /^(?:(?<scheme>[a-z]+):\/\/)?(?<address>.+?)\/?$/.exec(endpoint)?.groups ?? {};
  if (!['http', 'https', 'unix', 'unixs'].includes(scheme)) {
    throw new TypeError(`Not an endpoint of etcd: ${endpoint}`);
  }
  const target = scheme.startsWith('unix') ? `unix:${address}` : `dns:${address}`;
  const secure = scheme === 'https' || scheme === 'unixs';
  const credentials = secure
    ? grpc.credentials.createSsl(ca ?? null, key ?? null, cert ?? null)
    : grpc.credentials.createInsecure();
  return { target, credentials };
}

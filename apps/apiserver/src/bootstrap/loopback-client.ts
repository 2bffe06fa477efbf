import {
  StatusError,
  type Clock,
  type KubernetesObject,
  type Status,
  type StatusReason,
} from '@keelson/api-machinery';
import {
  parseRequestInfo,
  servedMediaTypes,
  type ApiRequest,
  type ApiResponse,
} from '@keelson/endpoints';

type Handler = (request: ApiRequest) => Promise<ApiResponse | undefined>;

/** A client of the server's own API, without sockets: admission, defaults and managed fields are those of every other client. */
export class LoopbackClient {
  readonly #handle: Handler;
  readonly #clock: Clock;

  constructor(handle: Handler, clock: Clock) {
    this.#handle = handle;
    this.#clock = clock;
  }

  /** `undefined` when there is no such object. */
  async get<T extends KubernetesObject>(path: string): Promise<T | undefined> {
    try {
      return await this.#request<T>('GET', path);
    } catch (error) {
      if (error instanceof StatusError && error.reason === 'NotFound') return undefined;
      throw error;
    }
  }

  /** Creates an object unless it exists: another server on the same store may be faster. */
  async ensure(collection: string, object: KubernetesObject): Promise<void> {
    if ((await this.get(`${collection}/${object.metadata.name}`)) !== undefined) return;
    try {
      await this.#request('POST', collection, object);
    } catch (error) {
      if (!(error instanceof StatusError) || error.reason !== 'AlreadyExists') throw error;
    }
  }

  /** Writes an object back. Throws the StatusError of a conflict. */
  async update(path: string, object: KubernetesObject): Promise<void> {
    await this.#request('PUT', path, object);
  }

  async #request<T>(method: string, path: string, body?: KubernetesObject): Promise<T> {
    const query = new URLSearchParams();
    const answer = await this.#handle({
      method,
      path,
      query,
      headers: {
        'user-agent': 'kube-apiserver',
        accept: 'application/json',
        'content-type': 'application/json',
      },
      user: { name: 'system:apiserver', groups: ['system:masters', 'system:authenticated'] },
      info: parseRequestInfo(method, path, query),
      served: servedMediaTypes(false),
      body: () => Promise.resolve(Buffer.from(JSON.stringify(body))),
      signal: new AbortController().signal,
      clock: this.#clock,
      auditId: '',
    });
    if (!(answer?.body instanceof Uint8Array))
      throw new Error(`${method} ${path}: the server does not serve it`);
    const value: unknown = JSON.parse(Buffer.from(answer.body).toString());
    if (answer.status < 400) return value as T;
    const { code = answer.status, reason = '', message = '' } = value as Status;
    throw new StatusError({ code, reason: reason as StatusReason, message });
  }
}

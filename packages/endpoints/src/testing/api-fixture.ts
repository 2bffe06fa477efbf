import { createAdmissionChain, type AdmissionPlugin } from '@keelson/admission';
import { alwaysAllow, type Authorizer } from '@keelson/authorization';
import type { Storage } from '@keelson/rest-interfaces';
import { createApiHandler } from '../api-handler.ts';
import { isObjectList, isStreamBody, type ApiRequest, type ApiResponse } from '../http.ts';
import { servedMediaTypes } from '../media-types.ts';
import { objectListChunks } from '../object-list.ts';
import { parseRequestInfo } from '../request-info.ts';
import { ConfigMapStorage } from './config-map-storage.ts';

/** What a test sends besides method and target. */
export interface Sent {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | object;
}

/** What came back. */
export interface Answer extends Pick<ApiResponse, 'status' | 'headers' | 'body'> {
  readonly text: string;
  readonly bytes: Uint8Array;
}

/** An API of config maps in `v1`, and of others if need be, without a server. */
export class ApiFixture {
  readonly configMaps = new ConfigMapStorage();
  authorize: Authorizer = alwaysAllow;
  /** Whether CBOR is served. */
  cbor = false;
  readonly #handle: ReturnType<typeof createApiHandler>;

  constructor(
    plugins: readonly AdmissionPlugin[] = [],
    storages: Readonly<Record<string, Storage>> = {},
  ) {
    const all = { configmaps: this.configMaps, ...storages };
    this.#handle = createApiHandler({
      groupVersions: [
        // A storage of a kind is one of objects.
        { group: '', version: 'v1', priority: 1, storages: new Map(Object.entries(all)) },
      ],
      serverAddress: '192.0.2.1:6443',
      admission: createAdmissionChain(plugins),
      authorize: (attributes) => this.authorize(attributes),
      minRequestTimeoutSeconds: 1800,
      random: () => 0,
    });
  }

  /** Undefined for a path that the API does not serve. Streams are run to their end. */
  async send(method: string, target: string, sent: Sent = {}): Promise<Answer | undefined> {
    const answer = await this.#handle({
      ...requestOf(method, target, sent),
      served: servedMediaTypes(this.cbor),
    });
    if (answer === undefined) return undefined;
    const bytes = await bytesOf(answer);
    return { ...answer, bytes, text: bytes.toString() };
  }
}

function requestOf(
  method: string,
  target: string,
  { headers = {}, body }: Sent,
): Omit<ApiRequest, 'served'> {
  const [path = '', search = ''] = target.split('?');
  const query = new URLSearchParams(search);
  const sent = bodyOf(body);
  return {
    method,
    path: decodeURIComponent(path),
    query,
    headers: { 'content-length': String(sent.length), ...headers },
    user: { name: 'jane', groups: [] },
    info: parseRequestInfo(method, decodeURIComponent(path), query),
    body: () => Promise.resolve(sent),
    signal: AbortSignal.abort(),
    clock: { now: () => Date.parse('2026-01-01T00:00:00Z') },
    auditId: 'a',
  };
}

function bodyOf(body: Sent['body'] = ''): Uint8Array {
  if (body instanceof Uint8Array) return body;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}

async function bytesOf({ body }: ApiResponse): Promise<Buffer> {
  if (body === undefined) return Buffer.alloc(0);
  if (body instanceof Uint8Array) return Buffer.from(body);
  if (!isStreamBody(body))
    return Buffer.concat([...(isObjectList(body) ? objectListChunks(body) : body)]);
  const chunks: Uint8Array[] = [];
  const sink = { write: (chunk: Uint8Array) => void chunks.push(chunk), backlog: 0 };
  await body.run(sink, AbortSignal.abort());
  return Buffer.concat(chunks);
}

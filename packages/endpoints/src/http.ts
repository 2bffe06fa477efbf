import type { Clock } from '@keelson/api-machinery';
import type { UserInfo } from '@keelson/rest-interfaces';
import type { ServedMediaTypes } from './media-types.ts';
import type { ObjectListBody } from './object-list.ts';
import type { RequestInfo } from './request-info.ts';

/** A request as handlers see it, whatever server took it. */
export interface ApiRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly user: UserInfo;
  readonly info: RequestInfo;
  /** What the server reads and writes. */
  readonly served: ServedMediaTypes;
  /** Reads the whole body. Rejects with the StatusError 413 when it has more than `limit` bytes. */
  body(limit: number): Promise<Uint8Array>;
  /** Aborts when the client is gone or the request's time is up. */
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly auditId: string;
}

/** What a handler answers; errors are thrown as StatusErrors. */
export interface ApiResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  /** Bytes; chunks, written with back-pressure; objects' own bytes as a list; or a stream that pushes. */
  readonly body: Uint8Array | Iterable<Uint8Array> | ObjectListBody | StreamBody | undefined;
}

/** A body that is written as things happen: a watch. */
export interface StreamBody {
  /** Whether clients that take gzip get what is written compressed, each chunk by itself. */
  readonly compressible?: boolean;
  /** Starts it; called once. The response ends when the promise settles. */
  run(sink: ByteSink, signal: AbortSignal): Promise<void>;
}

/** Where a stream's bytes go. */
export interface ByteSink {
  /** A promise says that the client is slow: wait for it before writing more. */
  write(chunk: Uint8Array): Promise<void> | undefined;
  /** Bytes that the socket has not taken yet. */
  readonly backlog: number;
}

export type ApiHandler = (request: ApiRequest) => Promise<ApiResponse>;

/** Whether a body is pushed by a stream. */
export function isStreamBody(body: ApiResponse['body']): body is StreamBody {
  return typeof body === 'object' && 'run' in body;
}

/** Whether a body is a list made of objects' own bytes. */
export function isObjectList(body: ApiResponse['body']): body is ObjectListBody {
  return typeof body === 'object' && 'items' in body;
}

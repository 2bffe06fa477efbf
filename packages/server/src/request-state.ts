import type { AuthenticatedUser } from '@keelson/authentication';
import type { ApiResponse, RequestInfo, ServedMediaTypes } from '@keelson/endpoints';
import type Koa from 'koa';

/** What the handler chain finds out about a request. Each filter adds what those behind it may rely on. */
export interface RequestState {
  auditId: string;
  /** Decoded, without the query. */
  path: string;
  query: URLSearchParams;
  info: RequestInfo;
  /** What the server reads and writes. */
  served: ServedMediaTypes;
  user: AuthenticatedUser;
  /** Aborts when the client is gone, the request's time is up, or, for a stream, the server stops. */
  signal: AbortSignal;
  abort: (reason: Error) => void;
  /** What every answer says; what is answered may say otherwise. */
  readonly headers: Record<string, string>;
  /** What is to be answered. */
  response: ApiResponse | undefined;
  /** What is answered instead because the time is up. */
  overdue: ApiResponse | undefined;
}

/** A step of the handler chain. */
export type Filter = Koa.Middleware<RequestState>;
export type FilterContext = Koa.ParameterizedContext<RequestState>;

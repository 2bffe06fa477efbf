import type { RequestInfo, ApiResponse } from '@keelson/endpoints';
import type { AuthenticatedUser } from '@keelson/authentication';

/** What the handler chain finds out about a request. */
export interface RequestState {
  auditId: string;
  info: RequestInfo;
  user: AuthenticatedUser;
  /** Aborts when the client is gone, the request's time is up, or the server stops. */
  signal: AbortSignal;
  /** What is to be answered. */
  response: ApiResponse | undefined;
}

import type { Clock } from '@keelson/api-machinery';
import type { AuthenticatedUser, Credentials } from '@keelson/authentication';
import type { Authorizer } from '@keelson/authorization';
import type { ApiRequest, ApiResponse, ServedMediaTypes } from '@keelson/endpoints';
import type { Logger } from 'pino';
import type { HealthCheck } from './routes/health.ts';

/** A certificate (chain) and its key, as PEM. */
export interface ServingCertificate {
  readonly cert: string | Buffer;
  readonly key: string | Buffer;
}

export interface TlsOptions extends ServingCertificate {
  /** Who may sign client certificates; none are asked for without it. */
  readonly clientCA?: string | Buffer;
  readonly minVersion?: 'TLSv1.2' | 'TLSv1.3';
  /** What clients get who ask for one of these names. */
  readonly byServerName?: readonly (ServingCertificate & { readonly names: readonly string[] })[];
}

/** Everything that a server is told. */
export interface ServerOptions {
  readonly tls: TlsOptions;
  /** Resolves with `undefined` when the credentials are wrong: a 401. */
  readonly authenticate: (credentials: Credentials) => Promise<AuthenticatedUser | undefined>;
  readonly authorize: Authorizer;
  /** Serves `/api`, `/apis` and `/openapi`; `undefined` for what it does not serve. */
  readonly api: (request: ApiRequest) => Promise<ApiResponse | undefined>;
  /** Asked in this order, after `ping` and before `shutdown`, which are the server's own. */
  readonly healthChecks: readonly HealthCheck[];
  /** The body of `/version`. */
  readonly version: object;
  /** The paths that `/` lists, besides the server's own. */
  readonly paths: () => readonly string[];
  /** What the server reads and writes; without CBOR when absent. */
  readonly served?: ServedMediaTypes;
  /** Whether watches that begin with a list are compressed for clients that take it; they are when absent. */
  readonly watchListCompression?: boolean;
  readonly clock: Clock;
  readonly logger: Logger;
  /** How long a request may take, in seconds; those that last as long as their client wants are excepted. */
  readonly requestTimeoutSeconds: number;
  /** How many requests a client may have under way on one HTTP/2 connection; 100 when absent. */
  readonly maxStreamsPerConnection?: number;
}

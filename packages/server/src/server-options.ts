import type { Clock } from '@keelson/api-machinery';
import type { AuthenticatedUser, Credentials } from '@keelson/authentication';
import type { AuthorizationAttributes } from '@keelson/authorization';
import type { ApiRequest, ApiResponse } from '@keelson/endpoints';
import type { Logger } from 'pino';
import type { HealthCheck } from './health.ts';

export interface ServerOptions {
  readonly tls: {
    readonly cert: string | Buffer;
    readonly key: string | Buffer;
    /** Who may sign client certificates; none are looked at without it. */
    readonly clientCA?: string | Buffer;
    readonly minVersion?: 'TLSv1.2' | 'TLSv1.3';
  };
  /** `undefined`: the credentials are wrong. */
  authenticate(credentials: Credentials): Promise<AuthenticatedUser | undefined>;
  authorize(attributes: AuthorizationAttributes): Promise<boolean>;
  /** Serves `/api`, `/apis` and `/openapi`; `undefined` for what it does not serve. */
  api(request: ApiRequest): Promise<ApiResponse | undefined>;
  readonly healthChecks: readonly HealthCheck[];
  /** The body of `/version`. */
  readonly version: object;
  /** The paths that `/` lists. */
  readonly paths: readonly string[];
  readonly clock: Clock;
  readonly logger: Logger;
  /** How long a request may take, watches excepted, in seconds. */
  readonly requestTimeoutSeconds: number;
}

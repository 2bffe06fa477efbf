import type { PeerCertificate } from 'node:tls';

/** Who a request comes from. */
export interface AuthenticatedUser {
  readonly name: string;
  readonly uid?: string;
  readonly groups: readonly string[];
  readonly extra?: Readonly<Record<string, readonly string[]>>;
}

/** A certificate that a client has shown, and proven to have the key of. */
export interface ClientCertificate {
  readonly subject: PeerCertificate['subject'];
  /** SHA-256, in lower-case hex. */
  readonly fingerprint: string;
  /** Whether the client CA has signed it, for clients. */
  readonly trusted: boolean;
  /** Milliseconds since the epoch. */
  readonly notBefore: number;
  readonly notAfter: number;
}

/** What authenticators look at. */
export interface Credentials {
  readonly certificate: ClientCertificate | undefined;
  /** The `Authorization` header. */
  readonly authorization: string | undefined;
}

/** `undefined`: these are not its credentials; the next one is asked. `'invalid'`: they are, and they are wrong. */
export type Authenticator = (
  credentials: Credentials,
) => Promise<AuthenticatedUser | 'invalid' | undefined>;

export interface AuthenticatorOptions {
  /** Asked in this order; the first that knows the user decides. */
  readonly authenticators: readonly Authenticator[];
  /** Whether who shows no credentials is let in as nobody. */
  readonly anonymous: boolean;
}

const authenticated = 'system:authenticated';

const anonymousUser: AuthenticatedUser = {
  name: 'system:anonymous',
  groups: ['system:unauthenticated'],
};

/**
 * Puts authenticators together. Credentials that are wrong, or that none of them knows, are not let in as nobody: `undefined` is
 * a 401. Behaviour: k8s.io/apiserver authentication/request/{union,anonymous} and authentication/group, v1.37.
 */
export function createAuthenticator({
  authenticators,
  anonymous,
}: AuthenticatorOptions): (credentials: Credentials) => Promise<AuthenticatedUser | undefined> {
  return async (credentials) => {
    let invalid = bearerToken(credentials.authorization) !== undefined;
    for (const authenticate of authenticators) {
      const user = await authenticate(credentials);
      if (user === 'invalid') invalid = true;
      else if (user !== undefined) return withGroup(user);
    }
    return !invalid && anonymous ? anonymousUser : undefined;
  };
}

function withGroup(user: AuthenticatedUser): AuthenticatedUser {
  return user.groups.includes(authenticated)
    ? user
    : { ...user, groups: [...user.groups, authenticated] };
}

/** The token of an `Authorization: Bearer TOKEN` header. Behaviour: authentication/request/bearertoken. */
export function bearerToken(header: string | undefined): string | undefined {
  const [scheme = '', token = ''] = header?.trim().split(' ') ?? [];
  return scheme.toLowerCase() === 'bearer' && token !== '' ? token : undefined;
}

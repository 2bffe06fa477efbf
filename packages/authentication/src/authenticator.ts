import type { PeerCertificate } from 'node:tls';

/** Who a request comes from. */
export interface AuthenticatedUser {
  readonly name: string;
  readonly uid?: string;
  readonly groups: readonly string[];
  readonly extra?: Readonly<Record<string, readonly string[]>>;
}

/** What authenticators look at. */
export interface Credentials {
  /** The client's certificate, when it sent one that the client CA has signed. */
  readonly certificate: PeerCertificate | undefined;
  readonly authorization: string | undefined;
}

/** `undefined`: these are not its credentials; the next one is asked. `'invalid'`: they are, and they are wrong. */
export type Authenticator = (credentials: Credentials) => Promise<AuthenticatedUser | 'invalid' | undefined>;

const authenticated = 'system:authenticated';

const anonymousUser: AuthenticatedUser = { name: 'system:anonymous', groups: ['system:unauthenticated'] };

/**
 * Asks each authenticator in turn. Credentials that are wrong are not let in as nobody: `undefined` is a 401. Without any
 * credentials the request is anonymous where that is allowed. Behaviour: k8s.io/apiserver authentication/request/{union,anonymous}.
 */
export function createAuthenticator(authenticators: readonly Authenticator[], anonymous: boolean): (credentials: Credentials) => Promise<AuthenticatedUser | undefined> {
  return async (credentials) => {
    let invalid = false;
    for (const authenticate of authenticators) {
      const user = await authenticate(credentials);
      if (user === 'invalid') invalid = true;
      else if (user !== undefined) return withGroup(user);
    }
    return !invalid && anonymous ? anonymousUser : undefined;
  };
}

function withGroup(user: AuthenticatedUser): AuthenticatedUser {
  return user.groups.includes(authenticated) ? user : { ...user, groups: [...user.groups, authenticated] };
}

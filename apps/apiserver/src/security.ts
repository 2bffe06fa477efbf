import { readFile } from 'node:fs/promises';
import type { Clock } from '@keelson/api-machinery';
import {
  clientCertificateAuthenticator,
  createAuthenticator,
  tokenFileAuthenticator,
  type AuthenticatedUser,
  type Credentials,
} from '@keelson/authentication';
import {
  alwaysAllow,
  alwaysDeny,
  createAuthorizer,
  privilegedGroup,
  publicInformation,
  type Authorizer,
} from '@keelson/authorization';
import type { Options } from './options.ts';

/** Who may come in by which credentials. */
export async function authenticatorOf(
  { authentication }: Options,
  clock: Clock,
): Promise<(credentials: Credentials) => Promise<AuthenticatedUser | undefined>> {
  const tokens =
    authentication.tokenFile === ''
      ? []
      : [tokenFileAuthenticator(await readFile(authentication.tokenFile, 'utf8'))];
  return createAuthenticator({
    authenticators: [clientCertificateAuthenticator(clock), ...tokens],
    anonymous: authentication.anonymous,
  });
}

/** What each mode adds. Until RBAC and the node authorizer are there, these modes let nobody but system:masters do more than look at what is public. */
const modes: Readonly<Record<string, readonly Authorizer[]>> = {
  AlwaysAllow: [alwaysAllow],
  AlwaysDeny: [alwaysDeny],
  Node: [],
  RBAC: [publicInformation],
};

/** Who may do what. */
export function authorizerOf({ authorizationModes }: Options): Authorizer {
  return createAuthorizer([
    privilegedGroup,
    ...authorizationModes.flatMap((mode) => modes[mode] ?? []),
  ]);
}

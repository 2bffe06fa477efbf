import { readFile } from 'node:fs/promises';
import { authenticateClientCertificate, createAuthenticator, tokenFileAuthenticator } from '@keelson/authentication';
import { alwaysAllow, createAuthorizer, privilegedGroup, publicInformation } from '@keelson/authorization';
import type { Options } from './options.ts';

/** Who may come in by which credentials. */
export async function authenticatorOf({ authentication }: Options) {
  const tokens = authentication.tokenFile === '' ? [] : [tokenFileAuthenticator(await readFile(authentication.tokenFile, 'utf8'))];
  return createAuthenticator([authenticateClientCertificate, ...tokens], authentication.anonymous);
}

/** Who may do what. Until RBAC is there, nobody but system:masters may do more than look at what is public. */
export function authorizerOf({ authorizationModes }: Options) {
  const open = authorizationModes.includes('AlwaysAllow');
  return createAuthorizer([privilegedGroup, ...(open ? [alwaysAllow] : []), publicInformation]);
}

export { bearerToken, createAuthenticator } from './authenticator.ts';
export type {
  AuthenticatedUser,
  Authenticator,
  AuthenticatorOptions,
  ClientCertificate,
  Credentials,
} from './authenticator.ts';
export { clientCertificateAuthenticator } from './client-certificate.ts';
export { tokenFileAuthenticator } from './token-file.ts';

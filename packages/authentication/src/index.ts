export { createAuthenticator } from './authenticator.ts';
export type { AuthenticatedUser, Authenticator, Credentials } from './authenticator.ts';
export { authenticateClientCertificate } from './client-certificate.ts';
export { bearerToken, tokenFileAuthenticator } from './token-file.ts';

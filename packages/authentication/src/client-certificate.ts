import type { Clock } from '@keelson/api-machinery';
import type { AuthenticatedUser, Authenticator, ClientCertificate } from './authenticator.ts';

const uidAttribute = '1.3.6.1.4.1.57683.2';
const credentialId = 'authentication.kubernetes.io/credential-id';

/**
 * The certificate's common name is the user, its organizations are the groups. One that is not trusted, or whose time is up
 * though its connection goes on, is wrong. Behaviour: authentication/request/x509 CommonNameUserConversion, v1.37.
 */
export function clientCertificateAuthenticator(clock: Clock): Authenticator {
  /** The same certificate comes with each request of a connection. */
  const users = new WeakMap<ClientCertificate, AuthenticatedUser | 'invalid' | undefined>();
  return (credentials) => {
    const { certificate } = credentials;
    if (certificate === undefined) return Promise.resolve(undefined);
    const now = clock.now();
    if (!certificate.trusted || now < certificate.notBefore || now > certificate.notAfter)
      return Promise.resolve('invalid');
    if (!users.has(certificate)) users.set(certificate, userOf(certificate));
    return Promise.resolve(users.get(certificate));
  };
}

function userOf({
  subject,
  fingerprint,
}: ClientCertificate): AuthenticatedUser | 'invalid' | undefined {
  const attributes = subject as unknown as Readonly<
    Record<string, string | readonly string[] | undefined>
  >;
  const name = listed(attributes['CN']).at(-1) ?? '';
  if (name === '') return undefined;
  const uids = listed(attributes[uidAttribute]);
  if (uids.length > 1) return 'invalid';
  const [uid] = uids;
  return {
    name,
    groups: listed(attributes['O']),
    extra: { [credentialId]: [`X509SHA256=${fingerprint}`] },
    ...(uid === undefined ? {} : { uid }),
  };
}

/** Node gives a value that is there once as a string. */
function listed(value: string | readonly string[] | undefined): readonly string[] {
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : value;
}

import type { Authenticator } from './authenticator.ts';

/** The certificate's common name is the user, its organizations are the groups. Behaviour: authentication/request/x509 CommonNameUserConversion. */
export const authenticateClientCertificate: Authenticator = ({ certificate }) => {
  const subject = certificate?.subject;
  const name = listed(subject?.CN)[0] ?? '';
  return Promise.resolve(name === '' ? undefined : { name, groups: listed(subject?.O) });
};

/** Node gives a value that is there once as a string. */
function listed(value: string | readonly string[] | undefined): readonly string[] {
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : value;
}

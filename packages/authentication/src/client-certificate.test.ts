import type { Clock } from '@keelson/api-machinery';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { ClientCertificate } from './authenticator.ts';
import { clientCertificateAuthenticator } from './client-certificate.ts';

const clock: Clock = { now: () => 1_000 };
const aCertificate = (
  more: Partial<ClientCertificate> = {},
  subject: object = { CN: 'jane', O: ['a', 'b'] },
): ClientCertificate => ({
  subject: subject as ClientCertificate['subject'],
  fingerprint: '00ff',
  trusted: true,
  notBefore: 0,
  notAfter: 2_000,
  ...more,
});
const extra = { 'authentication.kubernetes.io/credential-id': ['X509SHA256=00ff'] };

describe('a client certificate', () => {
  const cases: readonly {
    name: string;
    certificate: ClientCertificate | undefined;
    user: unknown;
  }[] = [
    {
      name: 'names user and groups',
      certificate: aCertificate(),
      user: { name: 'jane', groups: ['a', 'b'], extra },
    },
    {
      name: 'may have one group',
      certificate: aCertificate({}, { CN: 'jane', O: 'a' }),
      user: { name: 'jane', groups: ['a'], extra },
    },
    {
      name: 'may have none',
      certificate: aCertificate({}, { CN: 'jane' }),
      user: { name: 'jane', groups: [], extra },
    },
    {
      name: 'goes by its last common name',
      certificate: aCertificate({}, { CN: ['root', 'jane'] }),
      user: { name: 'jane', groups: [], extra },
    },
    {
      name: 'may have a uid',
      certificate: aCertificate({}, { CN: 'jane', '1.3.6.1.4.1.57683.2': '7' }),
      user: { name: 'jane', groups: [], extra, uid: '7' },
    },
    {
      name: 'must not have two uids',
      certificate: aCertificate({}, { CN: 'jane', '1.3.6.1.4.1.57683.2': ['7', '8'] }),
      user: 'invalid',
    },
    {
      name: 'without a common name is nobody’s',
      certificate: aCertificate({}, { O: 'system:masters' }),
      user: undefined,
    },
    {
      name: 'that is not trusted is wrong',
      certificate: aCertificate({ trusted: false }),
      user: 'invalid',
    },
    {
      name: 'whose time is up is wrong, even on a connection that goes on',
      certificate: aCertificate({ notAfter: 999 }),
      user: 'invalid',
    },
    {
      name: 'whose time has not come is wrong',
      certificate: aCertificate({ notBefore: 1_001 }),
      user: 'invalid',
    },
    { name: 'may be missing', certificate: undefined, user: undefined },
  ];
  for (const { name, certificate, user } of cases) {
    it(name, async () => {
      expect(
        await clientCertificateAuthenticator(clock)({ certificate, authorization: undefined }),
      ).to.deep.equal(user);
    });
  }
});

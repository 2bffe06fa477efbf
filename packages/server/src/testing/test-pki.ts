import 'reflect-metadata';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
  type Extension,
} from '@peculiar/x509';

/** Clocks in certificates have seconds only. */
const validity = {
  notBefore: new Date(Date.now() - 3_600_000),
  notAfter: new Date(Date.now() + 3_600_000),
};
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

export interface TestCertificate {
  readonly cert: string;
  readonly key: string;
}

/** A certificate authority that lives for one test run. */
export interface TestAuthority {
  readonly cert: string;
  serving(...names: string[]): Promise<TestCertificate>;
  /** `O=system:masters, CN=admin` */
  client(subject: string): Promise<TestCertificate>;
}

export async function createTestAuthority(name = 'CN=test-ca'): Promise<TestAuthority> {
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const ca = await X509CertificateGenerator.createSelfSigned({
    serialNumber: '01',
    name,
    ...validity,
    signingAlgorithm: algorithm,
    keys,
    extensions: [new BasicConstraintsExtension(true, undefined, true)],
  });
  const issue = async (subject: string, extensions: Extension[]): Promise<TestCertificate> => {
    const own = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
    const certificate = await X509CertificateGenerator.create({
      subject,
      ...validity,
      issuer: name,
      signingAlgorithm: algorithm,
      publicKey: own.publicKey,
      signingKey: keys.privateKey,
      extensions,
    });
    return {
      cert: certificate.toString('pem'),
      key: PemConverter.encode(
        await crypto.subtle.exportKey('pkcs8', own.privateKey),
        'PRIVATE KEY',
      ),
    };
  };
  return {
    cert: ca.toString('pem'),
    serving: (...names) =>
      issue('CN=test-server', [
        new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
        new SubjectAlternativeNameExtension(names.map((value) => ({ type: 'dns', value }))),
      ]),
    client: (subject) =>
      issue(subject, [new ExtendedKeyUsageExtension([ExtendedKeyUsage.clientAuth])]),
  };
}

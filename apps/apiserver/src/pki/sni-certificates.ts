import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { TlsOptions } from '@keelson/server';

type NamedCertificates = NonNullable<TlsOptions['byServerName']>;

/** Reads `certificate,key[:name,name]`. Without names, those of the certificate are taken. Behaviour: --tls-sni-cert-key. */
export function readSniCertificates(flags: readonly string[]): Promise<NamedCertificates> {
  return Promise.all(
    flags.map(async (flag) => {
      const [files = '', given = ''] = flag.split(':');
      const [certFile, keyFile, ...more] = files.split(',');
      if (certFile === undefined || keyFile === undefined || more.length > 0)
        throw new Error(
          `--tls-sni-cert-key=${flag}: expected comma separated certificate and key file paths`,
        );
      const [cert, key] = await Promise.all([readFile(certFile), readFile(keyFile)]);
      return { cert, key, names: given === '' ? namesOf(cert) : given.split(',') };
    }),
  );
}

function namesOf(cert: Buffer): readonly string[] {
  const { subjectAltName = '', subject } = new X509Certificate(cert);
  const names = [...subjectAltName.matchAll(/DNS:([^,\s]+)/g)].map(([, name = '']) => name);
  const common = /^CN=(.+)$/m.exec(subject)?.[1];
  return names.length > 0 || common === undefined ? names : [common];
}

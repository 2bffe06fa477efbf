import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';

/** A block of a PEM file. */
interface Block {
  readonly type: string;
  readonly der: Buffer;
}

const block = /^-----BEGIN ([^\n]*?)-----\s*\n([\s\S]*?)^-----END \1-----/gm;

function blocksOf(pem: string): Block[] {
  return [...pem.matchAll(block)].map(([, type = '', body = '']) => ({
    type,
    // Headers, as old encrypted keys have them, end at an empty line.
    der: Buffer.from(body.slice(body.search(/:/) < 0 ? 0 : body.indexOf('\n\n')), 'base64'),
  }));
}

/** Why a certificate and a key do not belong together, as Go says it. Behaviour: crypto/tls X509KeyPair. */
export function keyPairProblem(certificatePem: string, keyPem: string): string | undefined {
  const certificates = blocksOf(certificatePem);
  const certificate = certificates.find(({ type }) => type === 'CERTIFICATE');
  if (certificate === undefined) return noCertificate(certificates.map(({ type }) => type));
  const keys = blocksOf(keyPem);
  const key = keys.find(({ type }) => type === 'PRIVATE KEY' || type.endsWith(' PRIVATE KEY'));
  if (key === undefined) return noKey(keys.map(({ type }) => type));
  return mismatch(certificate, key);
}

function noCertificate(found: readonly string[]): string {
  if (found.length === 0) return 'tls: failed to find any PEM data in certificate input';
  return found.length === 1 && found[0]?.endsWith('PRIVATE KEY') === true
    ? 'tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched'
    : `tls: failed to find "CERTIFICATE" PEM block in certificate input after skipping PEM blocks of the following types: [${found.join(' ')}]`;
}

function noKey(found: readonly string[]): string {
  if (found.length === 0) return 'tls: failed to find any PEM data in key input';
  return found.length === 1 && found[0] === 'CERTIFICATE'
    ? 'tls: found a certificate rather than a key in the PEM for the private key'
    : `tls: failed to find PEM block with type ending in "PRIVATE KEY" in key input after skipping PEM blocks of the following types: [${found.join(' ')}]`;
}

function mismatch(certificate: Block, key: Block): string | undefined {
  const parsed = attempt(() => new X509Certificate(certificate.der));
  if (parsed === undefined) return 'x509: malformed certificate';
  const secret = privateKey(key.der);
  if (secret === undefined) return 'tls: failed to parse private key';
  if (secret.asymmetricKeyType !== parsed.publicKey.asymmetricKeyType)
    return 'tls: private key type does not match public key type';
  return parsed.checkPrivateKey(secret) ? undefined : 'tls: private key does not match public key';
}

const formats = ['pkcs1', 'pkcs8', 'sec1'] as const;

function privateKey(der: Buffer): KeyObject | undefined {
  for (const type of formats) {
    const key = attempt(() => createPrivateKey({ key: der, format: 'der', type }));
    if (key !== undefined) return key;
  }
  return undefined;
}

/** What a parser made; undefined when it refused. */
function attempt<R>(parse: () => R): R | undefined {
  try {
    return parse();
  } catch {
    // Why OpenSSL refuses is not what Go would say.
    return undefined;
  }
}

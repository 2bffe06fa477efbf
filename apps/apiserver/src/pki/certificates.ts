import 'reflect-metadata';
import { randomBytes, type webcrypto } from 'node:crypto';
import {
  BasicConstraintsExtension,
  cryptoProvider,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
  type Extension,
} from '@peculiar/x509';

/** A certificate and its key, as PEM. */
export interface KeyPair {
  readonly cert: string;
  readonly key: string;
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const year = 365 * 24 * 3600 * 1000;

interface Authority extends KeyPair {
  readonly keys: webcrypto.CryptoKeyPair;
  readonly name: string;
}

const newKeys = (): Promise<webcrypto.CryptoKeyPair> =>
  crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);

async function keyText(key: webcrypto.CryptoKey): Promise<string> {
  return `${PemConverter.encode(await crypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY')}\n`;
}

const validity = (years: number) => ({
  notBefore: new Date(Date.now() - 3600_000),
  notAfter: new Date(Date.now() + years * year),
});

/** A certificate authority of ten years. */
export async function createAuthority(commonName: string): Promise<Authority> {
  cryptoProvider.set(crypto);
  const keys = await newKeys();
  const name = `CN=${commonName}`;
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: randomBytes(8).toString('hex'),
    name,
    ...validity(10),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new BasicConstraintsExtension(true, undefined, true),
      new KeyUsagesExtension(
        KeyUsageFlags.keyCertSign | KeyUsageFlags.digitalSignature | KeyUsageFlags.cRLSign,
        true,
      ),
    ],
  });
  return {
    cert: `${certificate.toString('pem')}\n`,
    key: await keyText(keys.privateKey),
    keys,
    name,
  };
}

async function issue(
  authority: Authority,
  subject: string,
  extensions: Extension[],
): Promise<KeyPair> {
  const keys = await newKeys();
  const certificate = await X509CertificateGenerator.create({
    serialNumber: randomBytes(8).toString('hex'),
    subject,
    issuer: authority.name,
    ...validity(10),
    signingAlgorithm: algorithm,
    publicKey: keys.publicKey,
    signingKey: authority.keys.privateKey,
    extensions: [
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature | KeyUsageFlags.keyEncipherment, true),
      ...extensions,
    ],
  });
  return { cert: `${certificate.toString('pem')}\n`, key: await keyText(keys.privateKey) };
}

/** What the server shows of itself, for the names and addresses that it is reached by. */
export function issueServing(
  authority: Authority,
  names: readonly string[],
  addresses: readonly string[],
): Promise<KeyPair> {
  const alternatives = [
    ...names.map((value) => ({ type: 'dns' as const, value })),
    ...addresses.map((value) => ({ type: 'ip' as const, value })),
  ];
  return issue(authority, 'CN=kube-apiserver', [
    new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
    new SubjectAlternativeNameExtension(alternatives),
  ]);
}

/** What a client shows of itself: a user, and its groups. */
export function issueClient(authority: Authority, user: string, group: string): Promise<KeyPair> {
  return issue(authority, `O=${group}, CN=${user}`, [
    new ExtendedKeyUsageExtension([ExtendedKeyUsage.clientAuth]),
  ]);
}

/** A key that signs service accounts' tokens, and the one that checks them. */
export async function createSigningKey(): Promise<{
  readonly publicKey: string;
  readonly privateKey: string;
}> {
  const keys = await newKeys();
  const publicKey = `${PemConverter.encode(await crypto.subtle.exportKey('spki', keys.publicKey), 'PUBLIC KEY')}\n`;
  return { publicKey, privateKey: await keyText(keys.privateKey) };
}

import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';

/** The certificates and keys of a server that brings its own. All PEM. */
export interface OwnCredentials {
  readonly ca: string;
  readonly serving: { readonly cert: string; readonly key: string };
  readonly admin: { readonly cert: string; readonly key: string };
}

const files = [
  'ca.crt',
  'ca.key',
  'apiserver.crt',
  'apiserver.key',
  'admin.crt',
  'admin.key',
  'sa.pub',
  'sa.key',
] as const;

/**
 * Reads what an earlier start made in the folder, or makes it: a CA, a serving certificate, an administrator's, and the keys for
 * service accounts. Rejects when some of them are there and others are not: a new CA would shut out everybody who trusts the old one.
 */
export async function ownCredentials(
  folder: string,
  addresses: readonly string[],
): Promise<OwnCredentials> {
  const missing = files.filter((file) => !existsSync(join(folder, file)));
  if (missing.length === files.length) await make(folder, addresses);
  else if (missing.length > 0)
    throw new Error(
      `${join(folder, missing[0] ?? '')} is missing, and other credentials are there: put it back, or remove the folder to have all of them made anew`,
    );
  const read = (file: (typeof files)[number]) => readFile(join(folder, file), 'utf8');
  const [ca, cert, key, adminCert, adminKey] = await Promise.all([
    read('ca.crt'),
    read('apiserver.crt'),
    read('apiserver.key'),
    read('admin.crt'),
    read('admin.key'),
  ]);
  return { ca, serving: { cert, key }, admin: { cert: adminCert, key: adminKey } };
}

/** Loaded only on a first start: it costs more than all the rest of it. */
async function make(folder: string, addresses: readonly string[]): Promise<void> {
  const { createAuthority, createSigningKey, issueClient, issueServing } =
    await import('./certificates.ts');
  const authority = await createAuthority('keelson-ca');
  const names = [
    'localhost',
    hostname(),
    'kubernetes',
    'kubernetes.default',
    'kubernetes.default.svc',
    'kubernetes.default.svc.cluster.local',
  ];
  const [serving, admin, signing] = await Promise.all([
    issueServing(authority, names, [
      ...new Set([
        '127.0.0.1',
        '::1',
        ...addresses.filter(
          (address) => isIP(address) !== 0 && address !== '0.0.0.0' && address !== '::',
        ),
      ]),
    ]),
    issueClient(authority, 'kubernetes-admin', 'system:masters'),
    createSigningKey(),
  ]);
  // A folder of our own appears with everything in it, or not at all.
  const target = existsSync(folder) ? folder : `${folder}.${process.pid}.tmp`;
  await mkdir(target, { recursive: true, mode: 0o700 });
  const contents: Readonly<Record<(typeof files)[number], string>> = {
    'ca.crt': authority.cert,
    'ca.key': authority.key,
    'apiserver.crt': serving.cert,
    'apiserver.key': serving.key,
    'admin.crt': admin.cert,
    'admin.key': admin.key,
    'sa.pub': signing.publicKey,
    'sa.key': signing.privateKey,
  };
  for (const file of files) await writePrivate(join(target, file), contents[file]);
  if (target !== folder) await rename(target, folder);
}

/** Writes a file that only its owner may read, whole or not at all. */
export async function writePrivate(file: string, text: string): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`;
  await writeFile(temporary, text, { mode: 0o600 });
  await rename(temporary, file);
}

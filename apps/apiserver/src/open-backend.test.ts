import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StorageError } from '@keelson/storage-backend';
import { openEtcd3Backend, type Etcd3Options } from '@keelson/storage-backend/etcd3';
import { EtcdServer } from '@keelson/storage-backend/testing';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { parseFlags } from './flags/parse-flags.ts';
import { openBackend } from './open-backend.ts';
import { optionsOf } from './options.ts';
import { createAuthority, issueClient, issueServing, type KeyPair } from './pki/certificates.ts';

describe('an etcd that wants certificates', () => {
  let folder: string;
  let authority: Awaited<ReturnType<typeof createAuthority>>;
  let client: KeyPair;
  let etcd: EtcdServer;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'keelson-tls-'));
    authority = await createAuthority('etcd-ca');
    client = await issueClient(authority, 'keelson', 'apiservers');
    etcd = await serve([], ['127.0.0.1']);
  });
  after(async () => {
    await etcd[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  async function serve(names: readonly string[], addresses: readonly string[]) {
    const { cert, key } = await issueServing(authority, names, addresses);
    const flags = [
      `--cert-file=${await file('server.crt', cert)}`,
      `--key-file=${await file('server.key', key)}`,
      `--trusted-ca-file=${await file('ca.crt', authority.cert)}`,
      '--client-cert-auth',
    ];
    return await EtcdServer.start({ scheme: 'https', flags });
  }

  async function file(name: string, text: string): Promise<string> {
    await writeFile(join(folder, name), text);
    return join(folder, name);
  }

  it('is opened with those that the flags name, of whichever member answers', async () => {
    const flags = parseFlags([
      `--etcd-servers=https://127.0.0.1:1,${etcd.url}`,
      `--etcd-cafile=${join(folder, 'ca.crt')}`,
      `--etcd-certfile=${await file('client.crt', client.cert)}`,
      `--etcd-keyfile=${await file('client.key', client.key)}`,
    ]);
    await using backend = await openBackend(optionsOf(flags));
    expect(await backend.count('/')).to.equal(0);
  });

  async function refusal(options: Etcd3Options): Promise<StorageError> {
    const opening = openEtcd3Backend({ ...options, connectTimeoutMs: 100 });
    const error = await opening.then(
      () => undefined,
      (problem: unknown) => problem,
    );
    expect(error).to.be.instanceOf(StorageError).and.to.have.property('code', 'unavailable');
    return error as StorageError;
  }

  it('is not opened without a certificate', async () => {
    const ca = Buffer.from(authority.cert);
    const { message } = await refusal({ endpoints: [etcd.url], ca });
    expect(message).to.match(/certificate required|bad certificate/);
  });

  it('is not opened by those who do not trust its authority', async () => {
    const { message } = await refusal({ endpoints: [etcd.url], ...keysOf(client) });
    expect(message).to.match(/unable to verify|self-signed certificate/);
  });

  it('is not opened where it shows the certificate of another place', async () => {
    await using elsewhere = await serve(['elsewhere'], ['127.0.0.2']);
    const ca = Buffer.from(authority.cert);
    const { message } = await refusal({ endpoints: [elsewhere.url], ca, ...keysOf(client) });
    expect(message).to.include("does not match certificate's altnames: IP: 127.0.0.1");
  });
});

const keysOf = ({ cert, key }: KeyPair) => ({ cert: Buffer.from(cert), key: Buffer.from(key) });

import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { ownCredentials } from './credentials.ts';

async function folder() {
  const path = await mkdtemp(join(tmpdir(), 'keelson-pki-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) };
}

describe('credentials of our own', () => {
  it('are made on the first start and kept', async () => {
    await using home = await folder();
    const first = await ownCredentials(join(home.path, 'pki'), ['10.0.0.1']);
    expect(await ownCredentials(join(home.path, 'pki'), ['10.0.0.1'])).to.deep.equal(first);
  });

  it('are for their owner only', async () => {
    await using home = await folder();
    const path = join(home.path, 'pki');
    await ownCredentials(path, []);
    const modes = await Promise.all(
      (await readdir(path)).map(async (file) => (await stat(join(path, file))).mode & 0o777),
    );
    expect(new Set(modes)).to.deep.equal(new Set([0o600]));
    expect((await stat(path)).mode & 0o777).to.equal(0o700);
  });

  it('serve the names and addresses that the server is reached by', async () => {
    await using home = await folder();
    const { ca, serving } = await ownCredentials(home.path, ['10.0.0.1', '0.0.0.0', '127.0.0.1']);
    const certificate = new X509Certificate(serving.cert);
    for (const name of ['localhost', 'kubernetes', 'kubernetes.default.svc'])
      expect(certificate.checkHost(name)).to.equal(name);
    for (const address of ['127.0.0.1', '::1', '10.0.0.1'])
      expect(certificate.checkIP(address)).to.equal(address);
    expect(certificate.checkIP('0.0.0.0')).to.equal(undefined);
    expect(certificate.verify(new X509Certificate(ca).publicKey)).to.equal(true);
    expect(certificate.checkPrivateKey(createPrivateKey(serving.key))).to.equal(true);
  });

  it('make an administrator', async () => {
    await using home = await folder();
    const { ca, admin } = await ownCredentials(home.path, []);
    const certificate = new X509Certificate(admin.cert);
    expect(certificate.subject.split('\n').sort()).to.deep.equal([
      'CN=kubernetes-admin',
      'O=system:masters',
    ]);
    expect(certificate.checkIssued(new X509Certificate(ca))).to.equal(true);
    expect(certificate.checkPrivateKey(createPrivateKey(admin.key))).to.equal(true);
  });

  it('have keys for service accounts that belong together', async () => {
    await using home = await folder();
    await ownCredentials(home.path, []);
    const derived = createPublicKey(await readFile(join(home.path, 'sa.key'))).export({
      type: 'spki',
      format: 'pem',
    });
    expect(String(derived).trim()).to.equal(
      (await readFile(join(home.path, 'sa.pub'), 'utf8')).trim(),
    );
  });

  it('that are half there are an error, not made anew', async () => {
    await using home = await folder();
    await ownCredentials(home.path, []);
    const ca = await readFile(join(home.path, 'ca.crt'), 'utf8');
    await rm(join(home.path, 'admin.key'));
    const problem = await ownCredentials(home.path, []).then(
      () => undefined,
      (error: Error) => error.message,
    );
    expect(problem).to.match(/admin\.key is missing/);
    expect(await readFile(join(home.path, 'ca.crt'), 'utf8')).to.equal(ca);
  });

  it('are made where other files are', async () => {
    await using home = await folder();
    await writeFile(join(home.path, 'notes'), '');
    expect((await ownCredentials(home.path, [])).ca).to.match(/BEGIN CERTIFICATE/);
  });
});

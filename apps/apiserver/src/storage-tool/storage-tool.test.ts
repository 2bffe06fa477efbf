import { execFile } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { openEmbeddedBackend } from '@keelson/storage-backend/embedded';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { storageTool } from './storage-tool.ts';

const program = fileURLToPath(new URL('../../bin/keelson', import.meta.url));

async function dataFolder() {
  const path = await mkdtemp(join(tmpdir(), 'keelson-tool-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

const openStore = (dataDir: string) => openEmbeddedBackend(join(dataDir, 'store'));

async function put(dataDir: string, ...names: string[]): Promise<void> {
  await using store = await openStore(dataDir);
  for (const name of names) {
    const value = new TextEncoder().encode(`value of ${name}`);
    await store.transact({ compare: [], then: [{ type: 'put', key: `/${name}`, value }] });
  }
}

describe('keelson storage', () => {
  it('verifies, backs up, restores and compacts', async () => {
    await using home = await dataFolder();
    const [from, to, file] = ['from', 'to', 'file'].map((name) => join(home.path, name));
    await put(from!, 'a', 'b', 'b');
    const say = async (...args: string[]) => (await storageTool(args)).output;
    expect(await say('verify', `--data-dir=${from}`)).to.match(
      /is whole: 2 keys of 20 bytes at revision 4, history since revision/,
    );
    expect(await say('backup', `--data-dir=${from}`, file!)).to.match(
      /file holds 2 keys of 20 bytes at revision 4, no history/,
    );
    expect(await say('verify', file!)).to.match(/file is whole: 2 keys/);
    expect(await say('restore', `--data-dir=${to}`, '--bump-revision=100', file!)).to.match(
      /2 keys of 20 bytes at revision 104/,
    );
    expect(await say('compact', `--data-dir=${from}`)).to.match(/at revision 4, no history/);
    await using store = await openStore(to!);
    expect(await store.count('/')).to.equal(2);
  });

  it('verifies and backs up what a server has open, and refuses to compact or restore it', async () => {
    await using home = await dataFolder();
    const file = join(home.path, 'file');
    const flag = `--data-dir=${home.path}`;
    await put(home.path, 'a');
    await using _store = await openStore(home.path);
    expect(await storageTool(['verify', flag])).to.include({ exitCode: 0 });
    expect(await storageTool(['backup', flag, file])).to.include({ exitCode: 0 });
    for (const args of [['compact'], ['restore', file]]) {
      const { exitCode, error } = await storageTool([...args, flag]);
      expect(exitCode).to.equal(1);
      expect(error).to.match(/store is in use by this process .*\(locked\)/);
    }
  });

  it('names what is damaged, with exit status 1, as a program', async () => {
    await using home = await dataFolder();
    await put(home.path, 'a');
    const folder = join(home.path, 'store');
    const log = (await readdir(folder)).find((name) => name.startsWith('log-'));
    const path = join(folder, log!);
    const bytes = await readFile(path);
    bytes[60]! ^= 1;
    await writeFile(path, bytes);
    const run = promisify(execFile)(program, ['storage', 'verify', `--data-dir=${home.path}`]);
    const failed = await run.catch((error: { code: number; stderr: string }) => error);
    expect(failed).to.have.property('code', 1);
    expect(failed.stderr).to.include(`${path} is damaged at byte 32 (corrupt)`);
  });

  it('shows how it is used', async () => {
    const { stdout } = await promisify(execFile)(program, ['storage', '--help']);
    for (const command of ['verify', 'backup', 'restore', 'compact']) {
      expect(stdout).to.include(`keelson storage ${command}`);
    }
  });

  const wrong: readonly { name: string; args: readonly string[]; says: string }[] = [
    { name: 'no command', args: [], says: 'nothing is not a command' },
    { name: 'another command', args: ['defrag'], says: 'defrag is not a command' },
    {
      name: 'a backup without a name',
      args: ['backup'],
      says: 'the name of the backup is missing',
    },
    { name: 'too many arguments', args: ['backup', 'a', 'b'], says: 'unexpected argument b' },
    { name: 'a file to compact', args: ['compact', 'a'], says: 'unexpected argument a' },
    { name: 'an unknown flag', args: ['verify', '--force'], says: "Unknown option '--force'" },
    {
      name: 'a revision that is none',
      args: ['restore', 'a', '--bump-revision=-1'],
      says: '--bump-revision=-1: must be a whole number',
    },
  ];
  for (const { name, args, says } of wrong) {
    it(`refuses ${name}, with exit status 2`, async () => {
      const outcome = await storageTool(args);
      expect(outcome.exitCode).to.equal(2);
      expect(outcome.error).to.include(says);
    });
  }
});

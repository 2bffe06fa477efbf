import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { expectError } from '../testing/trial.ts';
import { lockFolder } from './folder-lock.ts';
import { listenIn } from './lock-socket.ts';

/** A lock as a process wrote it that was like this one in everything else. */
async function writeLock(folder: string, other: object): Promise<void> {
  await using own = await temporaryFolder();
  await using _lock = await lockFolder(own.path);
  const mine = JSON.parse(await readFile(join(own.path, 'lock-0000000001'), 'utf8'));
  await writeFile(join(folder, 'lock-0000000001'), JSON.stringify({ ...mine, ...other }));
}

const messageOf = async (folder: string): Promise<string> =>
  (await expectError(lockFolder(folder), 'locked')).message;

describe('the lock of a data folder', () => {
  it('names the folder and this process when another part of it has the folder', async () => {
    await using folder = await temporaryFolder();
    await using _lock = await lockFolder(folder.path);
    expect(await messageOf(folder.path)).to.equal(`${folder.path} is in use by this process`);
  });

  it('names the folder and the process that has it, until that is killed', async () => {
    await using folder = await temporaryFolder();
    const program = `
      import { lockFolder } from ${JSON.stringify(new URL('folder-lock.js', import.meta.url).href)};
      await lockFolder(process.argv[1]);
      process.stdout.write('locked');
      setInterval(() => undefined, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program, folder.path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    expect(await messageOf(folder.path)).to.equal(
      `${folder.path} is in use by process ${child.pid}`,
    );
    child.kill('SIGKILL');
    await once(child, 'exit');
    await using _lock = await lockFolder(folder.path);
  });

  const gone: readonly { name: string; lock: object }[] = [
    { name: 'whose number nobody has', lock: { pid: 2 ** 22 + 1 } },
    { name: 'whose number a later process has', lock: { started: 'before' } },
    { name: 'of another container that ended', lock: { namespace: 'pid:[1]' } },
  ];
  for (const { name, lock } of gone) {
    it(`is taken from a process ${name}`, async () => {
      await using folder = await temporaryFolder();
      await writeLock(folder.path, lock);
      await using _lock = await lockFolder(folder.path);
    });
  }

  it('is taken when it says nothing that anybody understands', async () => {
    await using folder = await temporaryFolder();
    await writeFile(join(folder.path, 'lock-0000000001'), '{"pid":');
    await using _lock = await lockFolder(folder.path);
  });

  it('is not taken from a process of another container that runs', async function () {
    // Only Linux has process namespaces: nowhere else can a lock name another one.
    if (process.platform !== 'linux') this.skip();
    await using folder = await temporaryFolder();
    await writeLock(folder.path, { pid: 1, namespace: 'pid:[1]', host: 'web-1' });
    await using _listening = await listenIn(folder.path);
    const holder = 'process 1 of another container (web-1)';
    expect(await messageOf(folder.path)).to.equal(`${folder.path} is in use by ${holder}`);
  });

  it('can be given back and taken again, and leaves one small file', async () => {
    await using folder = await temporaryFolder();
    for (const number of [1, 2, 3]) {
      const lock = await lockFolder(folder.path);
      await lock[Symbol.asyncDispose]();
      expect(await readdir(folder.path)).to.deep.equal([`lock-000000000${number}`]);
    }
  });

  it('is taken by one of many, each time that its holder is gone', async () => {
    await using folder = await temporaryFolder();
    for (let round = 0; round < 30; round++) {
      await writeFile(join(folder.path, 'lock-0000000001'), '');
      const attempts = await Promise.allSettled(
        Array.from({ length: 20 }, () => lockFolder(folder.path)),
      );
      const taken = attempts.filter((attempt) => attempt.status === 'fulfilled');
      expect(taken).to.have.length(1);
      await taken[0]!.value[Symbol.asyncDispose]();
    }
  });
});

import { randomUUID } from 'node:crypto';
import { link, readFile, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { StorageError } from '../storage-error.ts';
import { describeHolder, isAlive, parseHolder, thisProcess } from './lock-holder.ts';
import { listenIn } from './lock-socket.ts';

/**
 * Takes a folder for this process. Throws `locked`, and names the holder, while another process, or another part of this
 * one, has it. Processes that share the folder must share the machine: a network file system tells nobody who is alive.
 *
 * Locks are numbered, and the one with the greatest number counts. Who finds that its holder is gone makes the next one:
 * that is done by one process, as a file is made by one, and nobody ever removes a lock that another may hold. Numbers never
 * go back, so that somebody who looked long ago cannot take what was taken since.
 */
export async function lockFolder(folder: string): Promise<AsyncDisposable> {
  const text = JSON.stringify({ ...(await thisProcess()), host: hostname() });
  for (;;) {
    const last = (await numbersIn(folder)).at(-1) ?? 0;
    if (last > 0) await checkFree(folder, last);
    const number = last + 1;
    if (!(await create(folder, number, text))) continue;
    const numbers = await numbersIn(folder);
    if (numbers.at(-1) === number) return await hold(folder, numbers);
    await rm(pathOf(folder, number), { force: true });
  }
}

/** Throws when the holder is there. A lock that is gone was replaced by a later one. */
async function checkFree(folder: string, number: number): Promise<void> {
  const holder = parseHolder((await readIfPresent(pathOf(folder, number))) ?? '');
  if (!holder || !(await isAlive(holder, folder))) return;
  throw new StorageError('locked', {
    message: `${folder} is in use by ${await describeHolder(holder)}`,
  });
}

async function hold(folder: string, numbers: readonly number[]): Promise<AsyncDisposable> {
  const path = pathOf(folder, numbers.at(-1)!);
  for (const older of numbers.slice(0, -1)) await rm(pathOf(folder, older), { force: true });
  const socket = await listenIn(folder);
  return {
    async [Symbol.asyncDispose]() {
      await socket?.[Symbol.asyncDispose]();
      await giveBack(path);
    },
  };
}

/** Empties it, which needs no space on the disk. */
async function giveBack(path: string): Promise<void> {
  try {
    await truncate(path);
  } catch (error) {
    // Whoever removed the folder took the lock with it.
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}

/** Makes a lock with its text, at once; false when there is one already. */
async function create(folder: string, number: number, text: string): Promise<boolean> {
  const aside = join(folder, `lock.${randomUUID()}`);
  try {
    await writeFile(aside, text, { mode: 0o600 });
    await link(aside, pathOf(folder, number));
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(aside, { force: true });
  }
}

function pathOf(folder: string, number: number): string {
  return join(folder, `lock-${String(number).padStart(10, '0')}`);
}

async function numbersIn(folder: string): Promise<number[]> {
  const names = await readdir(folder);
  const numbers = names.flatMap((name) => /^lock-(\d+)$/.exec(name)?.[1] ?? []).map(Number);
  return numbers.toSorted((a, b) => a - b);
}

async function readIfPresent(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}

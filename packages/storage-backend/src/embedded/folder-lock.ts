import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StorageError } from '../storage-error.ts';

interface Holder {
  readonly pid: number;
  /** When the process began, where the system tells: a number that was given to a later process is not the holder. */
  readonly started: string | undefined;
}

/** Takes a folder for this process. Throws `locked` while another one, or another part of this one, has it. */
export async function lockFolder(folder: string): Promise<AsyncDisposable> {
  const path = join(folder, 'lock');
  const holder: Holder = { pid: process.pid, started: await startOf(process.pid) };
  for (;;) {
    if (await create(path, JSON.stringify(holder))) {
      return { [Symbol.asyncDispose]: () => rm(path, { force: true }) };
    }
    const text = await readIfPresent(path);
    if (text === undefined) continue;
    const present = await livingHolder(text);
    if (present) throw lockedBy(present, folder);
    await moveAway(path, text);
  }
}

/** Removes a lock whose holder is gone, unless another process has just replaced it by its own. */
async function moveAway(path: string, stale: string): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  const moved = await readIfPresent(aside);
  if (moved !== stale) await create(path, moved ?? '');
  await rm(aside, { force: true });
}

async function create(path: string, text: string): Promise<boolean> {
  try {
    await writeFile(path, text, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

async function readIfPresent(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** `undefined` when the process is gone, or the lock was never written out. */
async function livingHolder(text: string): Promise<Holder | undefined> {
  const holder = parseHolder(text);
  if (!holder || !isRunning(holder.pid)) return undefined;
  return (await startOf(holder.pid)) === holder.started ? holder : undefined;
}

function parseHolder(text: string): Holder | undefined {
  try {
    const { pid, started } = JSON.parse(text);
    return Number.isInteger(pid) ? { pid, started } : undefined;
  } catch {
    // A lock that breaks off: its process ended while it wrote it.
    return undefined;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** The start of this boot and of the process within it, on Linux; `undefined` elsewhere. */
async function startOf(pid: number): Promise<string | undefined> {
  const stat = await readIfPresent(`/proc/${pid}/stat`);
  const boot = await readIfPresent('/proc/sys/kernel/random/boot_id');
  if (stat === undefined || boot === undefined) return undefined;
  // The second field is the program's name in parentheses and may hold spaces; the start is the 22nd.
  const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  return `${boot.trim()} ${ticks}`;
}

function lockedBy({ pid }: Holder, folder: string): StorageError {
  const who = pid === process.pid ? 'this process' : `process ${pid}`;
  return new StorageError('locked', { message: `${folder} is in use by ${who}` });
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}

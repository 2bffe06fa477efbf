import { readFile, readlink } from 'node:fs/promises';
import { isListenedTo } from './lock-socket.ts';

/** Who has a folder. */
export interface Holder {
  readonly pid: number;
  /** The boot and, within it, the start of the process, where the system tells: a number that was given to a later process is not the holder. */
  readonly started: string | undefined;
  /** Which processes the number is one of, where the system tells: each container counts its own. */
  readonly namespace: string | undefined;
  readonly host?: string;
}

export async function thisProcess(): Promise<Holder> {
  const { pid } = process;
  return { pid, started: await startOf(pid), namespace: await ownNamespace() };
}

/** `undefined` when it was given back, or says nothing that anybody understands. */
export function parseHolder(text: string): Holder | undefined {
  try {
    const { pid, started, namespace, host } = JSON.parse(text);
    return Number.isInteger(pid) ? { pid, started, namespace, host } : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the process is there still. One of another container cannot be looked up: then its socket in the folder tells. */
export async function isAlive(holder: Holder, folder: string): Promise<boolean> {
  if (await isElsewhere(holder)) return await isListenedTo(folder);
  return isRunning(holder.pid) && (await startOf(holder.pid)) === holder.started;
}

export async function describeHolder(holder: Holder): Promise<string> {
  if (await isElsewhere(holder))
    return `process ${holder.pid} of another container (${holder.host})`;
  return holder.pid === process.pid ? 'this process' : `process ${holder.pid}`;
}

/** Whether it runs, or ran, on this boot of the machine, among other processes than those that this one can see. */
async function isElsewhere({ started, namespace }: Holder): Promise<boolean> {
  const own = await thisProcess();
  return namespace !== own.namespace && bootOf(started) === bootOf(own.started);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function startOf(pid: number): Promise<string | undefined> {
  const stat = await contentOf(`/proc/${pid}/stat`);
  const boot = await contentOf('/proc/sys/kernel/random/boot_id');
  if (stat === undefined || boot === undefined) return undefined;
  // The second field is the program's name in parentheses and may hold spaces; the start is the 22nd.
  const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  return `${boot.trim()} ${ticks}`;
}

const bootOf = (started: string | undefined): string | undefined => started?.split(' ')[0];

async function ownNamespace(): Promise<string | undefined> {
  try {
    return await readlink('/proc/self/ns/pid');
  } catch {
    // Not a Linux, which alone has such a thing.
    return undefined;
  }
}

async function contentOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    // The process is gone, or the system has no such file.
    return undefined;
  }
}

import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** What a server takes at one moment. */
export interface Sample {
  readonly seconds: number;
  readonly residentBytes: number;
  readonly diskBytes: number;
}

export async function sample(
  { pid, folder }: { readonly pid: number; readonly folder: string },
  { seconds }: { readonly seconds: number },
): Promise<Sample> {
  return {
    seconds,
    residentBytes: await residentBytes(pid),
    diskBytes: await sizeOf(join(folder, 'store')),
  };
}

/** From `/proc`: this command is for Linux. */
async function residentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) * 1024;
}

async function sizeOf(folder: string): Promise<number> {
  let bytes = 0;
  for (const name of await readdir(folder)) {
    // A file that was removed meanwhile takes nothing.
    bytes += (await stat(join(folder, name)).catch(() => undefined))?.size ?? 0;
  }
  return bytes;
}

/** Both move up and down with garbage and with compaction; growth is what is left of that over a quarter of the time. */
const tolerated = 1.15;

/** Whether the last quarter takes no more than the second one: the first is the start. */
export function isLevel(samples: readonly Sample[], what: 'residentBytes' | 'diskBytes'): boolean {
  const quarter = Math.floor(samples.length / 4);
  if (quarter === 0) return false;
  const mean = (from: number): number =>
    samples.slice(from, from + quarter).reduce((sum, one) => sum + one[what], 0) / quarter;
  return mean(samples.length - quarter) <= mean(quarter) * tolerated;
}

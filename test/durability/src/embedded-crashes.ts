import { spawn } from 'node:child_process';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openEmbeddedBackend } from '@keelson/storage-backend/embedded';
import type { Random } from '@keelson/storage-backend/testing';
import { temporaryFolder } from '@keelson/storage-backend/testing';
import type { CrashReport } from './crash-report.ts';
import { Model } from './model.ts';
import type { Acknowledged } from './workload.ts';

const program = fileURLToPath(new URL('writing-process.js', import.meta.url));

/** Kills a process that writes to an embedded store, again and again, and looks each time at what it left. */
export async function crashEmbedded(kills: number, random: Random): Promise<CrashReport> {
  await using folder = await temporaryFolder();
  const model = await inspect(folder.path, (store) => Model.of(store));
  let acknowledged = 0;
  for (let kill = 0; kill < kills; kill++) {
    const done = await runAndKill(folder.path, model.revision, random);
    acknowledged += done.length;
    try {
      await inspect(folder.path, (store) => model.check(store, done));
    } catch (error) {
      throw new Error(`after kill ${kill + 1}`, { cause: error });
    }
  }
  return { kills, acknowledged, unacknowledged: model.unacknowledged, revision: model.revision };
}

async function inspect<T>(
  folder: string,
  look: (store: Awaited<ReturnType<typeof openEmbeddedBackend>>) => Promise<T>,
): Promise<T> {
  await using store = await openEmbeddedBackend(folder);
  return await look(store);
}

/** One in eight is killed while it starts and reads what the last one left; the others at some moment of their work. */
async function runAndKill(
  folder: string,
  compactable: number,
  random: Random,
): Promise<Acknowledged[]> {
  await using scratch = await temporaryFolder();
  await using output = await open(join(scratch.path, 'acknowledged'), 'w+');
  const seed = random.below(2 ** 31);
  const child = spawn(process.execPath, [program, folder, String(seed), String(compactable)], {
    stdio: ['ignore', output.fd, 'inherit', 'pipe'],
  });
  const closed = new Promise((resolve) => child.once('close', resolve));
  const isOpen = new Promise((resolve) => child.stdio[3]!.once('data', resolve));
  if (random.chance(12)) await pause(random.below(120));
  else {
    await Promise.race([isOpen, closed]);
    await pause(random.below(90));
  }
  child.kill('SIGKILL');
  await closed;
  if (child.signalCode !== 'SIGKILL') throw new Error(`the process ended with ${child.exitCode}`);
  const lines = (await readFile(join(scratch.path, 'acknowledged'), 'utf8')).split('\n');
  // The last one may break off: nobody was told of it.
  return lines.filter((line) => line.endsWith('}')).map((line) => JSON.parse(line));
}

// Holds many pods and says what each costs in memory. Usage: pnpm --filter @keelson/durability-test memory [--pods 100000]
import { parseArgs } from 'node:util';
import { systemClock } from '@keelson/api-machinery';
import { openObjectStorage } from '@keelson/storage';
import type { Snapshot } from '@keelson/storage';
import type { StorageBackend } from '@keelson/storage-backend';
import { openEmbeddedBackend } from '@keelson/storage-backend/embedded';
import { temporaryFolder } from '@keelson/storage-backend/testing';
import { attributesOf, servedPod, storedPod } from './pods.ts';
import type { Pod } from './pods.ts';

const { values } = parseArgs({ options: { pods: { type: 'string', default: '100000' } } });
const count = Number(values.pods);
/** As many as a transaction takes. */
const perTransaction = 100;
const prefix = '/registry/pods/';

interface Taken {
  readonly heap: number;
  readonly buffers: number;
  readonly resident: number;
}

function taken(): Taken {
  if (!globalThis.gc) throw new Error('run node with --expose-gc');
  for (let i = 0; i < 3; i++) globalThis.gc();
  const { heapUsed, arrayBuffers, rss } = process.memoryUsage();
  return { heap: heapUsed, buffers: arrayBuffers, resident: rss };
}

function row(what: string, now: Taken, before: Taken): string {
  const each = (part: keyof Taken) =>
    String(Math.round((now[part] - before[part]) / count)).padStart(8);
  return `| ${what.padEnd(56)} | ${each('heap')} | ${each('buffers')} | ${each('resident')} |\n`;
}

async function fill(backend: StorageBackend, pod: Pod): Promise<void> {
  for (let i = 0; i < count; i += perTransaction) {
    const then = Array.from({ length: Math.min(perTransaction, count - i) }, (_, k) => ({
      type: 'put' as const,
      key: `${prefix}load/pod-${String(i + k).padStart(6, '0')}`,
      value: storedPod(pod, i + k),
    }));
    await backend.transact({ compare: [], then });
  }
}

await using folder = await temporaryFolder();
const pod = await servedPod();
const size = storedPod(pod, 0).length;
const start = taken();
await using backend = await openEmbeddedBackend(folder.path);
await fill(backend, pod);
await backend.compact(await backend.revision());
const held = taken();
await using storage = openObjectStorage<Pod>({
  backend,
  prefix,
  parse: (bytes) => JSON.parse(Buffer.from(bytes).toString()),
  attributes: attributesOf,
  indexedFields: ['spec.nodeName'],
  clock: systemClock,
});
await storage.ready();
const cached = taken();
const visit = async (look: (snapshot: Snapshot<Pod>) => unknown) => {
  const { items } = await storage.list(prefix, {});
  for (const snapshot of items) look(snapshot);
};
await visit((snapshot) => snapshot.json);
const served = taken();
await visit((snapshot) => snapshot.object);
const parsed = taken();

process.stdout.write(
  `${count} pods of ${size} bytes of JSON; bytes for each:\n\n` +
    `| ${'held'.padEnd(56)} |     heap |  buffers | resident |\n` +
    `| ${'-'.repeat(56)} | -------: | -------: | -------: |\n` +
    row('by the embedded store', held, start) +
    row('and by the watch cache above it', cached, start) +
    row('and once listed as JSON', served, start) +
    row('and once looked into by selectors, patches or tables', parsed, start),
);

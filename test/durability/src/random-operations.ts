// Compares a backend with the memory one. Usage: pnpm --filter @keelson/durability-test random [--backend embedded|etcd3] [--steps N] [--seed N]
import { parseArgs } from 'node:util';
import type { StorageBackend } from '@keelson/storage-backend';
import { openEmbeddedBackend } from '@keelson/storage-backend/embedded';
import { openEtcd3Backend } from '@keelson/storage-backend/etcd3';
import {
  EtcdServer,
  chooseSeed,
  compareWithMemory,
  temporaryFolder,
} from '@keelson/storage-backend/testing';

const { values } = parseArgs({
  options: {
    backend: { type: 'string', default: 'embedded' },
    steps: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: String(chooseSeed()) },
  },
});

await using stack = new AsyncDisposableStack();
const steps = Number(values.steps);
const seed = Number(values.seed);
const started = performance.now();
await compareWithMemory(stack.use(await open(values.backend)), {
  seed,
  steps,
  onStep(step) {
    if ((step + 1) % 100_000 === 0) process.stderr.write(`${step + 1} of ${steps}\n`);
  },
});
const seconds = ((performance.now() - started) / 1000).toFixed(0);
process.stdout.write(
  `${values.backend}, seed ${seed}: ${steps} random operations in ${seconds} s, all answered as memory answers them\n`,
);

async function open(name: string): Promise<StorageBackend> {
  if (name === 'embedded') {
    return await openEmbeddedBackend(stack.use(await temporaryFolder()).path);
  }
  if (name !== 'etcd3') throw new Error(`--backend=${name}: must be embedded or etcd3`);
  const etcd = stack.use(await EtcdServer.start());
  return await openEtcd3Backend({ endpoints: [etcd.url] });
}

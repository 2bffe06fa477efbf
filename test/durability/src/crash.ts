// Kills a store under writes. Usage: pnpm --filter @keelson/durability-test crash [--backend embedded|etcd3] [--kills N] [--seed N]
import { parseArgs } from 'node:util';
import { Random, chooseSeed } from '@keelson/storage-backend/testing';
import { crashEmbedded } from './embedded-crashes.ts';
import { crashEtcd3 } from './etcd3-crashes.ts';

const { values } = parseArgs({
  options: {
    backend: { type: 'string', default: 'embedded' },
    kills: { type: 'string', default: '500' },
    seed: { type: 'string', default: String(chooseSeed()) },
  },
});
const crash = { embedded: crashEmbedded, etcd3: crashEtcd3 }[values.backend];
if (!crash) throw new Error(`--backend=${values.backend}: must be embedded or etcd3`);

const started = performance.now();
const report = await crash(Number(values.kills), new Random(Number(values.seed)));
const seconds = ((performance.now() - started) / 1000).toFixed(0);
process.stdout.write(
  `${values.backend}, seed ${values.seed}: ${report.kills} kills in ${seconds} s; ${report.acknowledged} acknowledged transactions, ` +
    `all there at their revisions; ${report.unacknowledged} more were there whole; none torn, no gap up to revision ${report.revision}\n`,
);

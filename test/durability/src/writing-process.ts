// Opens a folder and writes to it until it is killed. Usage: writing-process.js FOLDER SEED COMPACTABLE
// Each line of its output (a file) is a write that the store acknowledged; file 3 (a pipe) is told when the store is open.
import { writeSync } from 'node:fs';
import { openEmbeddedBackend } from '@keelson/storage-backend/embedded';
import { Random } from '@keelson/storage-backend/testing';
import { work } from './workload.ts';

const [folder = '', seed = '', compactable = ''] = process.argv.slice(2);
const store = await openEmbeddedBackend(folder);
writeSync(3, 'open');
await work(store, {
  random: new Random(Number(seed)),
  run: seed,
  compactable: Number(compactable),
  // At once and not through a stream: what is acknowledged is known, whenever the process ends.
  onAcknowledged: (done) => void writeSync(1, `${JSON.stringify(done)}\n`),
});

#!/usr/bin/env node
// What watches cost a write: of bystanders in other namespaces, and of those whom it concerns. Build first.
// Usage: node packages/storage/scripts/watchers.mjs [--writes 20000] [--watchers 10000]
import { parseArgs } from 'node:util';
import { openObjectStorage } from '@keelson/storage';
import { createMemoryBackend } from '@keelson/storage-backend/memory';

const { values } = parseArgs({
  options: {
    writes: { type: 'string', default: '20000' },
    watchers: { type: 'string', default: '10000' },
  },
});
const writes = Number(values.writes);
const watchers = Number(values.watchers);
const prefix = '/registry/configmaps/';

/** CPU microseconds per write into one namespace, with so many watches in it and elsewhere. */
async function costPerWrite({ bystanders, concerned }) {
  const backend = createMemoryBackend();
  const storage = openObjectStorage({
    backend,
    prefix,
    parse: (bytes) => JSON.parse(Buffer.from(bytes).toString()),
    attributes: ({ metadata }) => ({ labels: {}, fields: { 'metadata.name': metadata.name } }),
    clock: { now: () => Date.now() },
  });
  await storage.ready();
  let received = 0;
  const sink = { next: (events) => void (received += events.length), end: () => undefined };
  const query = { resourceVersion: '0', sendInitialEvents: false };
  for (let n = 0; n < bystanders; n++) await storage.watch(`${prefix}other-${n}/`, query, sink);
  for (let n = 0; n < concerned; n++) await storage.watch(`${prefix}busy/`, query, sink);
  await write(storage, 0, 2000);
  received = 0;
  const before = process.cpuUsage();
  await write(storage, 2000, writes);
  const { user, system } = process.cpuUsage(before);
  // What rests is handed over soon.
  while (received < concerned * writes) await new Promise((resolve) => setTimeout(resolve, 10));
  await storage[Symbol.asyncDispose]();
  await backend[Symbol.asyncDispose]();
  return (user + system) / writes;
}

async function write(storage, first, count) {
  for (let n = first; n < first + count; n++) {
    const metadata = { name: `m${n}`, namespace: 'busy' };
    const value = Buffer.from(JSON.stringify({ kind: 'ConfigMap', apiVersion: 'v1', metadata }));
    await storage.put(`${prefix}busy/m${n}`, value, 0, {});
  }
}

const rows = [
  ['no watch at all', { bystanders: 0, concerned: 0 }],
  [`${watchers} watches, each of another namespace`, { bystanders: watchers, concerned: 0 }],
  ['1 watch of the namespace', { bystanders: 0, concerned: 1 }],
  ['100 watches of the namespace', { bystanders: 0, concerned: 100 }],
];
// The first run pays for compiling.
await costPerWrite({ bystanders: 100, concerned: 10 });
for (const [name, watches] of rows) {
  const rounds = [];
  for (let round = 0; round < 3; round++) rounds.push(await costPerWrite(watches));
  const median = rounds.sort((a, b) => a - b)[1];
  console.log(`${name.padEnd(46)} ${median.toFixed(1).padStart(7)} µs of CPU per write`);
}

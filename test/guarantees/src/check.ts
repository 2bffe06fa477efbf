import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { Random, chooseSeed } from '@keelson/storage-backend/testing';
import { checkHistory } from './check-history.ts';
import { cut, runCommand } from './faults.ts';
import type { History } from './history.ts';
import { recordHistory } from './record.ts';
import { startKeelson } from './targets.ts';
import type { Target } from './targets.ts';

const usage = `Lets concurrent clients work on a Kubernetes API server, records what they are told, and checks it: reads and writes are
strictly serializable, lists consistent, watches ordered, unique, reliable, atomic, resumable and bookmarkable.

Usage: pnpm --filter @keelson/guarantees-test check [flags]

  --kubeconfig FILE     the server to try; several: servers of one store
  --backend NAME        Keelson on memory, embedded or etcd3 instead, started for this
  --faults LIST         of: cut (connections); with --backend also server, etcd (kill -9), clock; all by default with --backend
  --fault-command CMD   a fault of your own: runs now and then; what it broke must be good again when it ends
  --fault-every MS      about how long it is between two faults (default 1500)
  --seconds N           how long clients work (default 20)
  --clients N  --watchers N  --keys N    (default 8, 6, 6)
  --seed N              repeats what clients choose
  --history FILE        writes what was recorded
  --check FILE          checks such a file instead of a server
`;

const { values } = parseArgs({
  options: {
    kubeconfig: { type: 'string', multiple: true, default: [] },
    backend: { type: 'string' },
    faults: { type: 'string' },
    'fault-command': { type: 'string' },
    'fault-every': { type: 'string', default: '1500' },
    seconds: { type: 'string', default: '20' },
    clients: { type: 'string', default: '8' },
    watchers: { type: 'string', default: '6' },
    keys: { type: 'string', default: '6' },
    seed: { type: 'string', default: String(chooseSeed()) },
    history: { type: 'string' },
    check: { type: 'string' },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

if (values.help) process.stdout.write(usage);
else await main();

async function main(): Promise<void> {
  const history = values.check === undefined ? await record() : await stored(values.check);
  if (values.history !== undefined) await writeFile(values.history, JSON.stringify(history));
  const violations = checkHistory(history);
  process.stdout.write(`${summaryOf(history)}\n`);
  for (const { guarantee, message } of violations.slice(0, 20)) {
    process.stdout.write(`✗ not ${guarantee}: ${message}\n`);
  }
  process.stdout.write(
    violations.length === 0 ? '✓ all guarantees hold\n' : `✗ ${violations.length} violations\n`,
  );
  process.exitCode = violations.length === 0 ? 0 : 1;
}

async function record(): Promise<History> {
  const random = new Random(Number(values.seed));
  await using target = await chooseTarget(random);
  const wanted = values.faults?.split(',').filter((name) => name !== '');
  const faults = target.faults.filter(({ name }) => wanted?.includes(name) ?? true);
  const unknown = wanted?.find((name) => !faults.some((fault) => fault.name === name));
  if (unknown !== undefined) throw new Error(`--faults=${unknown}: cannot be done here`);
  const command = values['fault-command'];
  process.stdout.write(
    `seed ${values.seed}, faults: ${faults.map(({ name }) => name).join(', ')}\n`,
  );
  return await recordHistory({
    kubeconfigs: target.kubeconfigs,
    random,
    seconds: Number(values.seconds),
    clients: Number(values.clients),
    watchers: Number(values.watchers),
    keys: Number(values.keys),
    faults: command === undefined ? faults : [...faults, runCommand(command)],
    faultEveryMs: Number(values['fault-every']),
  });
}

async function chooseTarget(random: Random): Promise<Target> {
  if (values.backend !== undefined) return await startKeelson(values.backend, random);
  if (values.kubeconfig.length === 0) throw new Error('--kubeconfig or --backend is needed');
  const faults = values.faults === undefined ? [] : [cut];
  return { kubeconfigs: values.kubeconfig, faults, [Symbol.asyncDispose]: async () => undefined };
}

async function stored(file: string): Promise<History> {
  return JSON.parse(await readFile(file, 'utf8'));
}

function summaryOf({ operations, watches }: History): string {
  const counts = new Map<string, number>();
  for (const { verb, outcome } of operations) {
    const what = `${verb} ${outcome.type}`;
    counts.set(what, (counts.get(what) ?? 0) + 1);
  }
  const records = watches.flatMap((watched) => watched.records);
  const of = (type: string) => records.filter((record) => record.type === type).length;
  const events = of('added') + of('modified') + of('deleted');
  return [
    `${operations.length} operations: ${[...counts]
      .map(([what, n]) => `${what} ${n}`)
      .toSorted()
      .join(', ')}`,
    `${watches.length} watchers: ${events} events, ${of('bookmark')} bookmarks, ${of('begin')} streams`,
  ].join('\n');
}

import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '@keelson/storage-backend/testing';
import { Client } from './clients.ts';
import type { Fault } from './faults.ts';
import type { History } from './history.ts';
import { KubeClient } from './kube-client.ts';
import { Recorder } from './recorder.ts';
import { follow, lastKey } from './watchers.ts';

export interface RecordOptions {
  /** One or several servers of one store: clients and watchers are spread over them. */
  readonly kubeconfigs: readonly string[];
  readonly random: Random;
  readonly seconds: number;
  readonly clients: number;
  readonly watchers: number;
  readonly keys: number;
  readonly faults: readonly Fault[];
  /** About how long it is between two faults. */
  readonly faultEveryMs: number;
}

/** How long the watches have to come to the end. */
const settleMs = 60_000;

/** Lets concurrent clients work on a server for a while, and returns what they were told. */
export async function recordHistory(options: RecordOptions): Promise<History> {
  await using stack = new AsyncDisposableStack();
  const connect = async (i: number) => {
    const file = options.kubeconfigs[i % options.kubeconfigs.length]!;
    return stack.use(await KubeClient.fromFile(file));
  };
  const connections: KubeClient[] = [];
  for (let i = 0; i <= options.clients + options.watchers; i++) connections.push(await connect(i));
  const [admin, ...others] = connections as [KubeClient, ...KubeClient[]];
  const { path, start, remove } = await newNamespace(admin, options.random);
  const recorder = new Recorder();
  const settled = new AbortController();
  const watching = Promise.all(
    others
      .slice(options.clients)
      .map((client, i) =>
        follow(`w${i}`, { client, recorder, path, after: start, signal: settled.signal }),
      ),
  );
  // Looked at when the clients are done.
  watching.catch(() => undefined);
  await work(options, {
    connections: others.slice(0, options.clients),
    all: connections,
    recorder,
    path,
  });
  const timer = setTimeout(() => settled.abort(), settleMs);
  const last = new Client('last', {
    client: admin,
    recorder,
    random: options.random,
    path,
    keys: [],
    signal: settled.signal,
  });
  while (!settled.signal.aborted && (await last.create(lastKey)).type === 'unknown')
    await pause(100);
  await watching;
  clearTimeout(timer);
  await remove();
  return { start, operations: recorder.operations, watches: recorder.watches };
}

async function newNamespace(admin: KubeClient, random: Random) {
  const name = `guarantees-${random.below(2 ** 31)}`;
  const body = { metadata: { name } };
  const made = await admin.ask({ method: 'POST', path: '/api/v1/namespaces', body });
  if (made.status >= 300) throw new Error(`no namespace: ${made.status} ${made.body.message}`);
  const path = `/api/v1/namespaces/${name}/configmaps`;
  return {
    path,
    start: Number((await admin.ask({ path })).body.metadata?.resourceVersion),
    remove: () => admin.ask({ method: 'DELETE', path: `/api/v1/namespaces/${name}` }),
  };
}

/** All clients at once, for the time that is asked for, with faults in between. */
async function work(
  { random, keys, seconds, faults, faultEveryMs }: RecordOptions,
  parts: {
    readonly connections: readonly KubeClient[];
    readonly all: readonly KubeClient[];
    readonly recorder: Recorder;
    readonly path: string;
  },
): Promise<void> {
  const { recorder, path } = parts;
  const over = new AbortController();
  const names = Array.from({ length: keys }, (_, i) => `k${i}`);
  const working = parts.connections.map((client, i) =>
    new Client(`c${i}`, { client, recorder, random, path, keys: names, signal: over.signal }).run(),
  );
  const end = performance.now() + seconds * 1000;
  while (performance.now() < end) {
    await pause(Math.min(end - performance.now(), faultEveryMs / 2 + random.below(faultEveryMs)));
    if (faults.length > 0 && performance.now() < end) await random.pick(faults).inject(parts.all);
  }
  over.abort();
  await Promise.all(working);
}

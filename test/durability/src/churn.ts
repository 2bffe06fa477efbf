import { setTimeout as pause } from 'node:timers/promises';
import type { Call, KubeClient } from '@keelson/guarantees-test';

export interface ChurnOptions {
  /** Writes in a second. */
  readonly rate: number;
  readonly signal: AbortSignal;
}

export interface Churned {
  readonly operations: number;
  readonly events: number;
}

const namespace = 'soak';
const path = `/api/v1/namespaces/${namespace}/configmaps`;
/** So many config maps are live when it has settled. */
const names = 2000;
const watchers = 20;
/** The writes of one tick go out together. */
const ticksPerSecond = 20;

/** Creates, replaces and deletes config maps at a fixed rate, while watches look on. */
export function churn(
  client: KubeClient,
  { rate, signal }: ChurnOptions,
): { readonly done: Promise<Churned> } {
  let events = 0;
  const count = () => void events++;
  const run = async (): Promise<Churned> => {
    await client.ask({
      method: 'POST',
      path: '/api/v1/namespaces',
      body: { metadata: { name: namespace } },
    });
    const watching = Array.from({ length: watchers }, () => follow(client, signal, count));
    const operations = await write(client, rate, signal);
    await Promise.all(watching);
    return { operations, events };
  };
  return { done: run() };
}

async function write(client: KubeClient, rate: number, signal: AbortSignal): Promise<number> {
  const started = performance.now();
  let operations = 0;
  while (!signal.aborted) {
    const due = Math.floor(((performance.now() - started) / 1000) * rate);
    const calls: Promise<void>[] = [];
    while (operations < due) calls.push(send(client, callOf(operations++)));
    await Promise.all([...calls, pause(1000 / ticksPerSecond)]);
  }
  return operations;
}

/** Goes round the names: each is created, replaced three times, and deleted. */
function callOf(operation: number): Call {
  const name = `cm-${operation % names}`;
  const step = Math.floor(operation / names) % 5;
  const body = { metadata: { name }, data: { step: String(operation), text: 'x'.repeat(1000) } };
  if (step === 0) return { method: 'POST', path, body };
  if (step === 4) return { method: 'DELETE', path: `${path}/${name}` };
  return { method: 'PUT', path: `${path}/${name}`, body };
}

async function send(client: KubeClient, call: Call): Promise<void> {
  const { status, body } = await client.ask(call).catch((error: unknown) => {
    throw new Error(`${call.method} ${call.path} was not answered`, { cause: error });
  });
  if (status >= 400) throw new Error(`${call.method} ${call.path}: ${status} ${body.message}`);
}

async function follow(client: KubeClient, signal: AbortSignal, count: () => void): Promise<void> {
  while (!signal.aborted) {
    try {
      // The server ends watches after a while; the next one begins with what is new.
      for await (const { type } of client.watch(`${path}?watch=1`, signal)) {
        if (type === 'ERROR') throw new Error('a watch was refused');
        count();
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }
}

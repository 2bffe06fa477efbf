import { setTimeout as pause } from 'node:timers/promises';
import type { Call, KubeClient } from '@keelson/guarantees-test';

export interface ChurnOptions {
  /** Writes in a second. */
  readonly rate: number;
  readonly signal: AbortSignal;
}

/** What came of it. */
export interface Counts {
  operations: number;
  events: number;
  refused: number;
  unanswered: number;
}

const namespace = 'soak';
const path = `/api/v1/namespaces/${namespace}/configmaps`;
/** So many config maps are live when it has settled. */
const names = 2000;
const watchers = 20;
/** The writes of one tick go out together. */
const ticksPerSecond = 20;
/** After a pause of the machine's, what is due goes out in parts. */
const mostAtOnce = 50;

/** Creates, replaces and deletes config maps at a fixed rate, while watches look on. */
export function churn(
  client: KubeClient,
  { rate, signal }: ChurnOptions,
): { readonly done: Promise<Counts> } {
  const counts: Counts = { operations: 0, events: 0, refused: 0, unanswered: 0 };
  const count = () => void counts.events++;
  const run = async (): Promise<Counts> => {
    await client.ask({
      method: 'POST',
      path: '/api/v1/namespaces',
      body: { metadata: { name: namespace } },
    });
    const watching = Array.from({ length: watchers }, () => follow(client, signal, count));
    await write(client, { rate, signal }, counts);
    await Promise.all(watching);
    return counts;
  };
  return { done: run() };
}

async function write(
  client: KubeClient,
  { rate, signal }: ChurnOptions,
  counts: Counts,
): Promise<void> {
  const started = performance.now();
  while (!signal.aborted) {
    const due = Math.floor(((performance.now() - started) / 1000) * rate);
    const calls: Promise<void>[] = [];
    while (counts.operations < due && calls.length < mostAtOnce) {
      calls.push(send(client, callOf(counts.operations++), counts));
    }
    await Promise.all([...calls, pause(1000 / ticksPerSecond)]);
  }
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

/**
 * A machine that is busy with other work may break a connection: what was on it is counted and not done again, and the next
 * write of the same name may then find it absent, or there.
 */
async function send(client: KubeClient, call: Call, counts: Counts): Promise<void> {
  try {
    const { status, body } = await client.ask(call);
    if (status === 404 || status === 409) counts.refused++;
    else if (status >= 400)
      throw new Refused(`${call.method} ${call.path}: ${status} ${body.message}`);
  } catch (error) {
    if (error instanceof Refused) throw error;
    counts.unanswered++;
  }
}

class Refused extends Error {}

async function follow(client: KubeClient, signal: AbortSignal, count: () => void): Promise<void> {
  while (!signal.aborted) {
    try {
      // The server ends watches after a while.
      for await (const line of client.watch(`${path}?watch=1`, signal)) {
        if (line.type !== 'ERROR') count();
      }
    } catch {
      // A connection that broke, or the end: the next watch begins with what is new.
      await pause(1000 / ticksPerSecond);
    }
  }
}

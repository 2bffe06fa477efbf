// Churns a server at a fixed rate and draws what it takes. Usage: pnpm --filter @keelson/durability-test soak [--minutes 30] [--rate 100] [--out FILE.svg]
import { writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { KubeClient, ServerProcess } from '@keelson/guarantees-test';
import { churn } from './churn.ts';
import { isLevel, sample } from './samples.ts';
import type { Sample } from './samples.ts';
import { drawSoak } from './soak-graph.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    rate: { type: 'string', default: '100' },
    out: { type: 'string', default: 'docs/soak.svg' },
  },
});
const minutes = Number(values.minutes);
const rate = Number(values.rate);
/** Between two samples. */
const everyMs = 5000;

await using server = await ServerProcess.start({}, '--etcd-compaction-interval=1m');
// The machine may be busy with other work: what counts here is what is taken, not how fast.
using client = await KubeClient.fromFile(server.kubeconfig, { answerWithinMs: 120_000 });
const stop = new AbortController();
const churning = churn(client, { rate, signal: stop.signal });
churning.done.catch(() => stop.abort());

const samples: Sample[] = [];
const started = performance.now();
while (performance.now() - started < minutes * 60_000 && !stop.signal.aborted) {
  await pause(everyMs);
  samples.push(await sample(server, { seconds: (performance.now() - started) / 1000 }));
}
stop.abort();
const { operations, events, refused, unanswered } = await churning.done;

const title = `${operations} writes at ${rate}/s (${refused} refused, ${unanswered} unanswered), ${events} watch events, ${minutes} minutes, history compacted every minute`;
await writeFile(values.out, drawSoak(samples, title));
const verdicts = (['residentBytes', 'diskBytes'] as const).map(
  (what) => `${what} ${isLevel(samples, what) ? 'level' : 'GROWS'}`,
);
process.stdout.write(`${title}: ${verdicts.join(', ')}; ${values.out}\n`);
if (verdicts.some((verdict) => verdict.endsWith('GROWS'))) process.exitCode = 1;

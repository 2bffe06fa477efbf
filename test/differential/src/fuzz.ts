// Sends the same random writes to two servers and says what tells them apart.
// Usage: node --run fuzz -- --reference KUBECONFIG --ours KUBECONFIG [--steps N] [--seed N] [--findings N] [--pause MS]
// A pause after each step lets them fall into different seconds.

import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Episode, type Finding } from './run.ts';
import { Server, type Request } from './server.ts';

const { values } = parseArgs({
  options: {
    reference: { type: 'string' },
    ours: { type: 'string' },
    steps: { type: 'string', default: '1000' },
    seed: { type: 'string', default: String(Date.now() % 100_000) },
    episode: { type: 'string' },
    findings: { type: 'string', default: '10' },
    pause: { type: 'string', default: '0' },
  },
});
if (values.reference === undefined || values.ours === undefined) {
  process.stderr.write('fuzz: --reference and --ours are kubeconfigs\n');
  process.exit(2);
}
const servers = [new Server(values.reference), new Server(values.ours)] as const;
const seed = Number(values.seed);
const namespace = `fuzz-${Date.now().toString(36)}`;
for (const server of servers) {
  await server.send({
    method: 'POST',
    path: '/api/v1/namespaces',
    body: { metadata: { name: namespace } },
  });
  const path = `/api/v1/namespaces/${namespace}/serviceaccounts`;
  await server.send({ method: 'POST', path, body: { metadata: { name: 'default' } } });
}

const counts = { written: 0, panicked: 0 };
let [steps, findings, number] = [0, 0, Number(values.episode ?? 0)];
const most = Number(values.findings);
while (steps < Number(values.steps) && findings < most) {
  const episode = new Episode(seed, number, servers, namespace);
  const finding = await episode.run(() => sleep(Number(values.pause)));
  steps += episode.steps;
  counts.written += episode.counts.written;
  counts.panicked += episode.counts.panicked;
  if (finding !== undefined) tell(finding, ++findings);
  if (values.episode !== undefined) break;
  number++;
  if (number % 50 === 0) process.stdout.write(`${steps} steps, ${findings} findings\n`);
}
for (const server of servers) server.close();
process.stdout.write(
  `seed ${seed}: ${steps} steps, ${counts.written} of them written, ${counts.panicked} without an answer of the reference, ${findings} findings\n`,
);
process.exitCode = findings === 0 ? 0 : 1;

function textOf(request: Request | undefined): string {
  const { method, path, type = '', body, text } = request ?? {};
  return `  ${method} ${path} ${type} ${(text ?? JSON.stringify(body))?.slice(0, 3000)}`;
}

function tell({ episode, differences, requests }: Finding, count: number): void {
  const last = requests.at(-1);
  process.stdout.write(
    [
      `finding ${count}: --seed ${seed} --episode ${episode}, step ${requests.length}`,
      ...(values.episode === undefined ? [last] : requests).map(textOf),
      ...differences.map((difference) => `  - ${difference}`),
      '',
    ].join('\n'),
  );
}

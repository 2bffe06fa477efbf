#!/usr/bin/env node
// npm test: sets up, runs every package's tests, and prints as its last line "N passed, N failed" over all of them.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { environment, root, setup } from './setup.mjs';

setup();
const totals = { passing: 0, failing: 0, pending: 0 };
const turbo = spawn(
  'turbo',
  ['run', 'test', '--continue', '--concurrency=2', '--ui=stream', ...process.argv.slice(2)],
  {
    cwd: root,
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
    shell: process.platform === 'win32',
  },
);
for await (const line of createInterface({ input: turbo.stdout })) {
  console.log(line);
  const count = /^\S+:test: +(\d+) (passing|failing|pending)\b/.exec(line);
  if (count) totals[count[2]] += Number(count[1]);
}
const code = turbo.exitCode ?? (await new Promise((done) => turbo.once('close', done)));
// A package that failed without counting a test (it crashed, it did not load) is a failure, too.
const failed = code === 0 ? totals.failing : Math.max(totals.failing, 1);
console.log(
  `${totals.passing} passed, ${failed} failed${totals.pending ? `, ${totals.pending} skipped` : ''}`,
);
process.exitCode = failed === 0 && totals.passing > 0 ? 0 : 1;

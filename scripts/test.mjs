#!/usr/bin/env node
// npm test: sets up, runs the tests of every package, and counts them in its last line: "N passed, N failed".
// Usage: npm test [-- PART-OF-A-FOLDER…]
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { provideEtcd } from './etcd.mjs';
import { environment, setup } from './setup.mjs';
import { manifestOf, packageFolders, root } from './workspace.mjs';

/** How long the tests of one package may take. */
const limitMs = 4 * 60_000;
const counted = /^ {2}(\d+) (passing|failing|pending)\b/gm;
const totals = { passing: 0, failing: 0, pending: 0 };
const running = new Set();

/** Ends a package's tests and whatever they have started. */
function endGroup(child) {
  try {
    if (process.platform === 'win32') child.kill();
    else process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    // It has ended by itself, and left nothing behind.
    if (error.code !== 'ESRCH' && error.code !== 'EPERM') throw error;
  }
}

/** Runs the tests of a package in a process group of their own. */
function testsOf(folder) {
  return new Promise((resolve) => {
    const child = spawn('node', ['--run', 'test'], {
      cwd: join(root, folder),
      env: { ...environment, FORCE_COLOR: '0' },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
    });
    running.add(child);
    let output = '';
    let problem;
    const take = (chunk) => void (output += chunk);
    child.stdout.setEncoding('utf8').on('data', take);
    child.stderr.setEncoding('utf8').on('data', take);
    const timer = setTimeout(() => {
      problem = `did not end within ${limitMs / 1000} s`;
      endGroup(child);
    }, limitMs);
    child.once('error', (error) => (problem = error.message));
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      endGroup(child);
      if (code !== 0) problem ??= signal === null ? `ended with ${code}` : `ended by ${signal}`;
    });
    child.once('close', () => {
      running.delete(child);
      resolve({ output, problem });
    });
  });
}

/** Adds a package's tests to the totals, and says how they went; all of their output when they did not go well. */
function report(folder, { output, problem }, seconds) {
  const counts = { passing: 0, failing: 0, pending: 0 };
  for (const [, count, what] of output.matchAll(counted)) counts[what] = Number(count);
  // Tests that crashed, hung or did not load are a failure, too, though nobody counted them.
  if (counts.failing === 0 && counts.passing === 0) problem ??= 'ran no tests';
  if (problem !== undefined && counts.failing === 0) counts.failing = 1;
  for (const what of Object.keys(totals)) totals[what] += counts[what];
  if (problem !== undefined) console.log(`\n${output}`);
  console.log(
    `${problem === undefined ? '✓' : '✗'} ${folder}: ${counts.passing} passed, ${counts.failing} failed` +
      `${problem === undefined ? '' : ` (it ${problem})`} in ${seconds.toFixed(1)} s`,
  );
}

async function testAll(folders) {
  const queue = [...folders];
  const work = async () => {
    for (let folder = queue.shift(); folder !== undefined; folder = queue.shift()) {
      const start = performance.now();
      report(folder, await testsOf(folder), (performance.now() - start) / 1000);
    }
  };
  await Promise.all(Array.from({ length: Math.min(4, Math.max(2, availableParallelism())) }, work));
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, () => {
    for (const child of running) endGroup(child);
    process.exit(1);
  });
}

/** Brings an etcd for those that talk to one. When there is none to be had, their tests fail and say so. */
function bringEtcd(folders) {
  if (!folders.some((folder) => withEtcd.includes(folder))) return;
  try {
    environment.ETCD_BIN = provideEtcd();
  } catch (error) {
    console.error(error.message);
  }
}

/** Long ones first, so that nobody waits for them alone at the end. */
const long = ['test/end-to-end', 'packages/storage-backend'];
const withEtcd = [...long, 'apps/apiserver', 'test/durability', 'test/guarantees'];

try {
  setup();
  const wanted = process.argv.slice(2);
  const folders = packageFolders()
    .filter((folder) => manifestOf(folder).scripts?.test !== undefined)
    .filter((folder) => wanted.length === 0 || wanted.some((part) => folder.includes(part)));
  bringEtcd(folders);
  await testAll([
    ...long.filter((folder) => folders.includes(folder)),
    ...folders.filter((folder) => !long.includes(folder)),
  ]);
} catch (error) {
  console.error(error.message);
  totals.failing++;
}
console.log(
  `${totals.passing} passed, ${totals.failing} failed${totals.pending ? `, ${totals.pending} skipped` : ''}`,
);
process.exitCode = totals.failing === 0 && totals.passing > 0 ? 0 : 1;

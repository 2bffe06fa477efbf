#!/usr/bin/env node
// Runs scenarios of the lab against kube-apiserver and this server, each on fresh servers, and says what differs besides exceptions.mjs.
// Usage, from the project's root: test/lab/agree.mjs [SCENARIO...]; all that are about what is served without names.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { exceptions } from './exceptions.mjs';

const lab = '../shared/lab';
const all = [
  'smoke',
  'every-resource',
  'negotiation',
  'deletion',
  'lists-and-watches',
  'patches',
  'apply',
  'pods',
  'services',
].map((name) => `${lab}/scenarios/${name}.mjs`);
const own = ['applies', 'compression', 'discovery', 'numbers', 'openapi-headers', 'versions'].map(
  (name) => `test/lab/scenarios/${name}.mjs`,
);
const folder = mkdtempSync(join(tmpdir(), 'agree-'));
let unexpected = 0;
const needed = new Set();

function reportOf(scenario) {
  const file = join(folder, `${basename(scenario)}.json`);
  const { stderr } = spawnSync(`${lab}/diff`, ['--json', file, scenario], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (!existsSync(file)) throw new Error(`${scenario}: ${stderr}`);
  return JSON.parse(readFileSync(file, 'utf8'));
}

try {
  const scenarios = process.argv.slice(2);
  for (const scenario of scenarios.length > 0 ? scenarios : [...all, ...own]) {
    const report = reportOf(scenario);
    const counts = new Map();
    for (const difference of report) {
      const why = exceptions.find(({ fits }) => fits(difference))?.why;
      if (why !== undefined) {
        needed.add(why);
        counts.set(why, (counts.get(why) ?? 0) + 1);
        continue;
      }
      unexpected++;
      console.log(
        `✗ ${difference.name}  ${difference.method} ${difference.path}\n    ${difference.differences.slice(0, 4).join('\n    ')}`,
      );
    }
    console.log(`${basename(scenario)}: ${report.length} differences`);
    for (const [why, count] of counts) console.log(`    ${count}: ${why}`);
  }
  for (const { why } of scenarios.length > 0 ? [] : exceptions) {
    if (needed.has(why)) continue;
    unexpected++;
    console.log(`✗ nothing needs the exception “${why}”`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
console.log(
  unexpected === 0 ? 'everything agrees but what is excepted' : `${unexpected} differences`,
);
process.exit(unexpected === 0 ? 0 : 1);

#!/usr/bin/env node
// Runs the tables of resource packages' tests against a real kube-apiserver instead of our own store: what they say of a request is
// what it says, or the test fails. Tests that look into the store cannot be asked there, and fail with those words.
// Usage: node scripts/oracle.mjs DIR PACKAGE…   (DIR: what `lab/up reference DIR` made; PACKAGE: packages/registry/core/secret …)
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bin, environment } from './setup.mjs';
import { root } from './workspace.mjs';

const [dir, ...packages] = process.argv.slice(2);
if (packages.length === 0) {
  console.error('Usage: node scripts/oracle.mjs DIR PACKAGE…');
  process.exit(1);
}
const hook = pathToFileURL(join(root, 'scripts/oracle-hook.mjs')).href;
let failed = false;
for (const folder of packages) {
  console.log(folder);
  const { status } = spawnSync(
    join(bin, 'node'),
    ['node_modules/mocha/bin/mocha.js', '--exit', 'dist/**/*.test.js'],
    {
      cwd: join(root, folder),
      // Mocha runs the tests in a process of its own, which gets the hook this way.
      env: { ...environment, ORACLE: dir, NODE_OPTIONS: `--import=${hook}` },
      stdio: 'inherit',
    },
  );
  failed ||= status !== 0;
}
process.exit(failed ? 1 : 0);

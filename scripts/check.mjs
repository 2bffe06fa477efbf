#!/usr/bin/env node
// pnpm check: every gate that a change must pass, quick ones first. `--full` adds what looks at the packages as they are published.
import { join } from 'node:path';
import { orEnd, run, setup } from './setup.mjs';
import { packageFolders, root } from './workspace.mjs';

const full = process.argv.includes('--full');

const gates = [
  ['format', () => run('oxfmt', ['--check', '.'])],
  ['references', () => run('node', ['scripts/packages.mjs', '--check'])],
  ['types', () => run('tsc', ['-b'])],
  ['lint', () => run('oxlint', ['--type-aware', 'packages', 'apps', 'examples', 'test'])],
  ['boundaries', () => run('turbo', ['boundaries'])],
  ['unused', () => run('knip', [])],
  ['layers and form', () => run('node', ['--run', 'test'], { cwd: join(root, 'test/workspace') })],
  ...(full
    ? [
        [
          'packaging',
          () =>
            packageFolders({ published: true }).forEach((folder) =>
              run('publint', ['--pack', 'npm', '--strict', folder], { quiet: true }),
            ),
        ],
      ]
    : []),
];

for (const [name, gate] of gates) {
  const start = Date.now();
  orEnd(gate);
  console.log(`✓ ${name} (${((Date.now() - start) / 1000).toFixed(1)} s)`);
}

#!/usr/bin/env node
// pnpm check: every gate that a change must pass, quick ones first. `--full` adds what looks at the packages as they are published.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './setup.mjs';

const full = process.argv.includes('--full');
const packagesIn = (folder) =>
  readdirSync(join(root, folder), { withFileTypes: true })
    .filter((e) => e.isDirectory())
    .map((e) => join(folder, e.name));
const published = [
  ...packagesIn('packages'),
  ...packagesIn('packages/registry').flatMap(packagesIn),
  ...packagesIn('apps'),
].filter((f) => existsSync(join(root, f, 'package.json')));

const gates = [
  ['format', () => run('oxfmt', ['--check', '.'])],
  ['references', () => run('node', ['scripts/packages.mjs', '--check'])],
  ['types', () => run('tsc', ['-b'])],
  ['lint', () => run('oxlint', ['--type-aware', 'packages', 'apps', 'examples', 'test'])],
  ['boundaries', () => run('turbo', ['boundaries'])],
  ['unused', () => run('knip', [])],
  [
    'layers and form',
    () => run('mocha', ['dist/**/*.test.js'], { cwd: join(root, 'test/workspace') }),
  ],
  ...(full
    ? [
        [
          'packaging',
          () =>
            published.forEach((folder) =>
              run('publint', ['--pack', 'npm', '--strict', folder], { quiet: true }),
            ),
        ],
      ]
    : []),
];

for (const [name, gate] of gates) {
  const start = Date.now();
  gate();
  console.log(`✓ ${name} (${((Date.now() - start) / 1000).toFixed(1)} s)`);
}

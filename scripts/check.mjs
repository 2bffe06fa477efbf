#!/usr/bin/env node
// pnpm check: every gate that a change must pass, quick ones first. `--full` adds what looks at the packages as they are published.
// docs/adr/0004-gates-that-can-fail.md shows each of them fail.
import { join } from 'node:path';
import { build, install, orEnd, run } from './setup.mjs';
import { packageFolders, root } from './workspace.mjs';

const full = process.argv.includes('--full');
const testsOf = (folder) => run('node', ['--run', 'test'], { cwd: join(root, folder) });

const gates = [
  { name: 'format', gate: () => run('oxfmt', ['--check', '.']) },
  { name: 'references', gate: () => run('node', ['scripts/packages.mjs', '--check']) },
  { name: 'types', gate: build },
  {
    name: 'lint',
    gate: () => run('oxlint', '--type-aware packages apps examples test scripts turbo'.split(' ')),
  },
  { name: 'boundaries', gate: () => run('turbo', ['boundaries']) },
  // A hint says that a part of its configuration matches nothing: of a new package, that it has no tests.
  { name: 'unused', gate: () => run('knip', ['--treat-config-hints-as-errors']) },
  { name: 'layers and form', gate: () => testsOf('test/workspace') },
  { name: 'snippets', gate: () => testsOf('examples/readmes') },
];

if (full)
  gates.push({
    name: 'packaging',
    gate: () =>
      packageFolders({ published: true }).forEach((folder) =>
        run('publint', ['--pack', 'npm', '--strict', folder], { quiet: true }),
      ),
  });

orEnd(install);
for (const { name, gate } of gates) {
  const start = Date.now();
  orEnd(gate);
  console.log(`✓ ${name} (${((Date.now() - start) / 1000).toFixed(1)} s)`);
}

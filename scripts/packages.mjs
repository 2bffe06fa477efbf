#!/usr/bin/env node
// Keeps each package's tsconfig.json, and the root's list of references, equal to what its package.json depends on.
// Usage: node scripts/packages.mjs [--check]
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { orEnd, run } from './setup.mjs';
import { manifestOf, packageFolders, root } from './workspace.mjs';

const check = process.argv.includes('--check');
const folders = new Map(packageFolders().map((folder) => [manifestOf(folder).name, folder]));
const stale = [];
const written = [];

const write = (file, value) => {
  const text = `${JSON.stringify(value, null, 2)}\n`;
  const path = join(root, file);
  if (
    existsSync(path) &&
    JSON.stringify(JSON.parse(readFileSync(path, 'utf8'))) === JSON.stringify(value)
  )
    return;
  if (check) {
    stale.push(file);
    return;
  }
  writeFileSync(path, text);
  written.push(file);
};

for (const [, folder] of folders) {
  const { dependencies = {}, devDependencies = {} } = manifestOf(folder);
  const references = Object.keys({ ...dependencies, ...devDependencies })
    .filter((name) => folders.has(name))
    .sort()
    .map((name) => ({ path: relative(folder, folders.get(name)) }));
  write(join(folder, 'tsconfig.json'), {
    extends: relative(folder, 'tsconfig.base.json'),
    compilerOptions: { rootDir: 'src', outDir: 'dist', tsBuildInfoFile: 'dist/.tsbuildinfo' },
    include: ['src', 'src/**/*.json'],
    references,
  });
}
write('tsconfig.json', { files: [], references: [...folders.values()].map((path) => ({ path })) });
if (written.length > 0) orEnd(() => run('oxfmt', written, { quiet: true }));
if (stale.length > 0) {
  console.error(
    `These files do not match package.json: ${stale.join(', ')}. Run: pnpm run packages`,
  );
  process.exit(1);
}

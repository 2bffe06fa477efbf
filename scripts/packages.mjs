#!/usr/bin/env node
// Keeps what follows from the package.json files equal to them: each package's tsconfig.json, the root's list of references, and
// where a package's README says that it sits.
// Usage: node scripts/packages.mjs [--check]
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { orEnd, run } from './setup.mjs';
import { manifestOf, packageFolders, root } from './workspace.mjs';

const check = process.argv.includes('--check');
const folders = new Map(packageFolders().map((folder) => [manifestOf(folder).name, folder]));
const published = packageFolders({ published: true });
const stale = [];
const written = [];

const textOf = (file) =>
  existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : undefined;

/** Writes a file, or notes that it is not as it should be. */
function put(file, text) {
  if (check) {
    stale.push(file);
    return;
  }
  writeFileSync(join(root, file), text);
  written.push(file);
}

/** JSON may be laid out as it likes. */
function putJson(file, value) {
  const now = textOf(file);
  if (now === undefined || JSON.stringify(JSON.parse(now)) !== JSON.stringify(value))
    put(file, `${JSON.stringify(value, null, 2)}\n`);
}

/** The packages of the workspace among some dependencies. */
const own = (dependencies = {}) => Object.keys(dependencies).filter((name) => folders.has(name));

for (const [, folder] of folders) {
  const { dependencies, devDependencies } = manifestOf(folder);
  const references = own({ ...dependencies, ...devDependencies })
    .sort()
    .map((name) => ({ path: relative(folder, folders.get(name)) }));
  putJson(join(folder, 'tsconfig.json'), {
    extends: relative(folder, 'tsconfig.base.json'),
    compilerOptions: { rootDir: 'src', outDir: 'dist', tsBuildInfoFile: 'dist/.tsbuildinfo' },
    include: ['src', 'src/**/*.json'],
    references,
  });
}
putJson('tsconfig.json', {
  files: [],
  references: [...folders.values()].map((path) => ({ path })),
});

/** Packages by their short names; many resources are one. */
function listed(names) {
  const short = names.map((name) => name.replace('@keelson/', '')).sort();
  const resources = short.filter((name) => name.startsWith('registry-'));
  const shown =
    resources.length > 3
      ? [...short.filter((name) => !resources.includes(name)), 'registry-*']
      : short;
  return shown.length === 0 ? 'nothing' : shown.map((name) => `\`${name}\``).join(', ');
}

/** A README with the section that says so, before its design notes or at its end. */
function withPlace(readme, place) {
  const without = readme.replace(/^## Where it sits\n[^]*?(?=^## |(?![^]))/m, '');
  const end = without.indexOf('## Design notes');
  const [before, notes] = end < 0 ? [without, ''] : [without.slice(0, end), without.slice(end)];
  return `${before.trimEnd()}\n\n## Where it sits\n\n${place}\n${notes && `\n${notes}`}`;
}

for (const folder of published) {
  const file = join(folder, 'README.md');
  const readme = textOf(file);
  if (readme === undefined) continue;
  const { name, dependencies } = manifestOf(folder);
  const users = published
    .map(manifestOf)
    .filter((other) => own(other.dependencies).includes(name))
    .map((other) => other.name);
  const place = `Depends on: ${listed(own(dependencies))}. Used by: ${listed(users)}.`;
  const text = withPlace(readme, place);
  if (text !== readme) put(file, text);
}

if (written.length > 0) orEnd(() => run('oxfmt', written, { quiet: true }));
if (stale.length > 0) {
  console.error(
    `These files do not match package.json: ${stale.join(', ')}. Run: pnpm run packages`,
  );
  process.exit(1);
}

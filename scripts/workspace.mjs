// What the workspace consists of.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The folders of all packages, relative to the root, in order; those that are published, or all of them. */
export function packageFolders({ published = false } = {}) {
  const below = (folder) =>
    existsSync(join(root, folder))
      ? readdirSync(join(root, folder), { withFileTypes: true })
          .filter((entry) => entry.isDirectory())
          .map((entry) => join(folder, entry.name))
      : [];
  return [
    ...below('packages'),
    ...below('packages/registry').flatMap(below),
    ...below('apps'),
    ...(published ? [] : [...below('examples'), ...below('test')]),
  ]
    .filter((folder) => existsSync(join(root, folder, 'package.json')))
    .sort();
}

/** A package's package.json. */
export const manifestOf = (folder) =>
  JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../../', import.meta.url));

export interface Manifest {
  readonly name: string;
  readonly description?: string;
  readonly license?: string;
  readonly private?: boolean;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly type?: string;
  readonly engines?: { readonly node?: string };
  readonly exports?: Readonly<
    Record<string, { readonly types?: string; readonly default?: string }>
  >;
  readonly files?: readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

export interface WorkspacePackage {
  /** Relative to the root, e.g. `packages/registry/core/pod`. */
  readonly folder: string;
  readonly manifest: Manifest;
}

const foldersOf = (folder: string): string[] =>
  existsSync(join(root, folder))
    ? readdirSync(join(root, folder), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => `${folder}/${entry.name}`)
    : [];

/** Every package that is published, the app included. */
export function publishedPackages(): readonly WorkspacePackage[] {
  return [
    ...foldersOf('packages'),
    ...foldersOf('packages/registry').flatMap(foldersOf),
    ...foldersOf('apps'),
  ]
    .filter((folder) => existsSync(join(root, folder, 'package.json')))
    .map((folder) => ({
      folder,
      manifest: JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')),
    }));
}

import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './packages.ts';

/** A file of a package's own, as it is written. */
export interface SourceFile {
  /** Relative to the root. */
  readonly path: string;
  readonly text: string;
}

/** All TypeScript below a folder, less tests and what helps them. */
export function sourcesOf(folder: string): readonly SourceFile[] {
  return globSync('src/**/*.ts', { cwd: join(root, folder) })
    .filter((path) => !/(\.test\.ts$|[\\/]testing[\\/])/.test(path))
    .map((path) => ({
      path: `${folder}/${path.replaceAll('\\', '/')}`,
      text: readFileSync(join(root, folder, path), 'utf8'),
    }));
}

/** What a file imports, statically or while it runs. */
export function importsOf({ text }: SourceFile): readonly string[] {
  return [...text.matchAll(/(?:\bfrom |\bimport\(|^import )'([^']+)'/gm)].map(
    ([, name = '']) => name,
  );
}

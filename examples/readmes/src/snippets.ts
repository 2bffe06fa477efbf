import { globSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** A piece of TypeScript in a page. */
export interface Snippet {
  /** Where it is: `packages/storage/README.md:12`. */
  readonly place: string;
  /** A file name that says the same. */
  readonly file: string;
  /** The code, below as many empty lines as stand before it in the page: compilers name the page's line. */
  readonly code: string;
  /** What it says that it prints, line by line; empty when it does not say. */
  readonly prints: readonly string[];
}

const pages = ['README.md', 'docs/*.md', 'apps/*/README.md', 'packages/**/README.md'];

/** All snippets of all pages that speak to those who use the packages. */
export function snippets(): readonly Snippet[] {
  const files = globSync(
    pages.map((page) => join(root, page)),
    { exclude: (path) => String(path).includes('node_modules') },
  );
  return files
    .sort()
    .flatMap((file) => snippetsOf(relative(root, file), readFileSync(file, 'utf8')));
}

/** The snippets of one page. */
export function snippetsOf(page: string, text: string): readonly Snippet[] {
  return [...text.matchAll(/^```ts\n([^]*?)^```$/gm)].map(({ 1: code = '', index }) => {
    const line = text.slice(0, index).split('\n').length;
    return {
      place: `${page}:${line}`,
      file: `${page.replaceAll(/[^\w]+/g, '-')}-${line}.ts`,
      code: `${'\n'.repeat(line)}${code}`,
      prints: [...code.matchAll(/^(?:console\.log\(.*)?\); \/\/ (.+)$/gm)].map(
        ([, printed = '']) => printed,
      ),
    };
  });
}

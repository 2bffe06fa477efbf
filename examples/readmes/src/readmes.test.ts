import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { snippets, snippetsOf, type Snippet } from './snippets.ts';

/** Inside this package, so that the packages that snippets import are found. */
const folder = fileURLToPath(new URL('snippets/', import.meta.url));

const compilerOptions = {
  rootDir: '.',
  outDir: 'out',
  composite: false,
  incremental: false,
  declaration: false,
  declarationMap: false,
  sourceMap: false,
  noUnusedLocals: false,
  noUnusedParameters: false,
};

/** Compiles snippets; what the compiler says. */
function compile(all: readonly Snippet[]): string {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const { file, code } of all) writeFileSync(join(folder, file), code);
  const settings = {
    extends: '../../../../tsconfig.base.json',
    compilerOptions,
    include: ['*.ts'],
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(settings));
  const { stdout, error } = spawnSync('tsc', ['-p', '.', '--pretty', 'false'], {
    cwd: folder,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (error !== undefined) throw error;
  return stdout;
}

const complaints = (said: string, { file }: Snippet): readonly string[] =>
  said.split('\n').filter((line) => line.startsWith(file));

/** Runs a compiled snippet in an empty folder; the lines that it prints. */
function printed({ file }: Snippet): readonly string[] {
  const cwd = mkdtempSync(join(tmpdir(), 'keelson-readme-'));
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [join(folder, 'out', file.replace(/ts$/, 'js'))],
    { cwd, encoding: 'utf8', timeout: 60_000 },
  );
  rmSync(cwd, { recursive: true, force: true });
  return status === 0 ? stdout.trimEnd().split('\n') : [`ended with ${status}: ${stderr}`];
}

describe('The snippets of the READMEs', function () {
  // Programs are started: a busy machine takes its time.
  this.timeout(120_000);

  const all = snippets();
  const wrong = snippetsOf('planted.md', '```ts\nexport const one: string = 1;\n```\n');
  let said: string;

  before(() => {
    said = compile([...all, ...wrong]);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('are many', () => {
    expect(all.length).to.be.greaterThan(20);
  });

  it('are really compiled: a wrong one is told', () => {
    expect(wrong.flatMap((snippet) => complaints(said, snippet))).to.deep.equal([
      "planted-md-1.ts(2,14): error TS2322: Type 'number' is not assignable to type 'string'.",
    ]);
  });

  for (const snippet of all) {
    it(`${snippet.place} compiles`, () => {
      expect(complaints(said, snippet)).to.deep.equal([]);
    });
    if (snippet.prints.length > 0) {
      it(`${snippet.place} prints what it says`, () => {
        expect(printed(snippet)).to.deep.equal(snippet.prints);
      });
    }
  }
});

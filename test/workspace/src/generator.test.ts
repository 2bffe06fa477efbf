import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { root } from './packages.ts';

interface Answers {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

/** What the generator's module gives. */
interface Generator {
  problemWith(answers: Answers): string | undefined;
  resourceFiles(answers: Answers): Readonly<Record<string, string>>;
  withDependency(text: string, answers: Answers): string;
  withResource(text: string | undefined, answers: Answers): string;
  withGroup(text: string, answers: Answers): string;
}

const lease: Answers = { group: 'coordination', version: 'v1', kind: 'Lease', namespaced: true };
const limitRange: Answers = { group: 'core', version: 'v1', kind: 'LimitRange', namespaced: true };
const priorityClass: Answers = {
  group: 'scheduling',
  version: 'v1',
  kind: 'PriorityClass',
  namespaced: false,
};

/** Inside this package, so that what a new package imports is found. */
const folder = fileURLToPath(new URL('generated/', import.meta.url));

describe('pnpm turbo gen resource', function () {
  // A compiler and a test run are started: a busy machine takes its time.
  this.timeout(120_000);

  let generator: Generator;

  before(async () => {
    const file = join(root, 'turbo/generators/resource.mjs');
    generator = (await import(pathToFileURL(file).href)) as Generator;
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('writes packages that compile, and whose tests pass', () => {
    rmSync(folder, { recursive: true, force: true });
    for (const answers of [lease, limitRange, priorityClass]) {
      for (const [file, text] of Object.entries(generator.resourceFiles(answers)))
        write(join(folder, answers.kind, file), text);
    }
    const compilerOptions = { rootDir: '.', outDir: 'out', composite: false, incremental: false };
    const settings = { extends: '../../../../tsconfig.base.json', compilerOptions };
    write(join(folder, 'tsconfig.json'), JSON.stringify({ ...settings, include: ['*/src'] }));
    expect(run('tsc', '-p', '.', '--pretty', 'false')).to.equal('');
    expect(run('mocha', '--no-config', 'out/*/src/*.test.js')).to.match(/\n {2}57 passing/);
  });

  it('writes their package.json as all others are', () => {
    const { 'package.json': text = '' } = generator.resourceFiles(lease);
    const other = readFileSync(join(root, 'packages/registry/core/configmap/package.json'), 'utf8');
    expect(Object.keys(JSON.parse(text))).to.deep.equal(Object.keys(JSON.parse(other)));
  });

  it('adds a resource to its group', () => {
    const core = readFileSync(join(root, 'apps/apiserver/src/api-groups/core.ts'), 'utf8');
    const text = generator.withResource(core, limitRange);
    expect(text).to.include("import { limitRanges } from '@keelson/registry-core-limitrange';\n");
    expect(text).to.match(/resources: \[[^\]]*, limitRanges\s*\]/);
  });

  it('adds a group that is not there yet', () => {
    expect(generator.withResource(undefined, lease)).to.include(
      "{ group: 'coordination.k8s.io', version: 'v1', resources: [leases] }",
    );
    const index = readFileSync(join(root, 'apps/apiserver/src/api-groups/index.ts'), 'utf8');
    const text = generator.withGroup(index, lease);
    expect(text).to.include("import { coordination } from './coordination.ts';\n");
    expect(text).to.include('    { ...coordination, priority: 16_500 },\n  ];\n}');
    expect(generator.withGroup(text, lease)).to.equal(text);
  });

  it('lets the app depend on it', () => {
    const manifest = JSON.stringify({ dependencies: { a: '1', z: '1' } });
    expect(
      Object.keys(JSON.parse(generator.withDependency(manifest, lease)).dependencies),
    ).to.deep.equal(['@keelson/registry-coordination-lease', 'a', 'z']);
  });

  const refused: readonly (readonly [what: string, answers: Answers])[] = [
    ['a group that is none', { ...lease, group: 'coordinations' }],
    ['a version that is none', { ...lease, version: '1' }],
    ['a kind that is none', { ...lease, kind: 'lease' }],
  ];
  for (const [what, answers] of refused) {
    it(`refuses ${what}`, () => {
      expect(generator.problemWith(answers)).to.be.a('string');
    });
  }
});

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** What a program says, in the folder of what was generated. */
function run(command: string, ...args: readonly string[]): string {
  const { stdout, error } = spawnSync(command, args, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, FORCE_COLOR: '0' },
    shell: process.platform === 'win32',
  });
  if (error !== undefined) throw error;
  return stdout;
}

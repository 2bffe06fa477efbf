import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { publishedPackages, root } from './packages.ts';
import { sourcesOf } from './source-files.ts';

/** Packages that are served with the resources that use them. */
const notServedAlone: Readonly<Record<string, string>> = {
  'autoscaling/scale': 'the scale subresource of kinds that have replicas',
};

const groups = 'apps/apiserver/src/api-groups';
const folders = publishedPackages()
  .map(({ folder }) => folder)
  .filter((folder) => folder.startsWith('packages/registry/'))
  .map((folder) => folder.replace('packages/registry/', ''));

/** The resources in a group's list, as `group/folder`. */
function listed(group: string): readonly string[] {
  const file = join(root, groups, `${group}.ts`);
  if (!existsSync(file)) return [];
  const text = readFileSync(file, 'utf8');
  const list = /\bresources: \[([^\]]*)\]/.exec(text)?.[1] ?? '';
  return [...text.matchAll(/^import \{([^}]*)\} from '@keelson\/registry-(\w+)-(\w+)';/gm)]
    .filter(([, names = '']) =>
      names.split(',').some((name) => new RegExp(`\\b${name.trim()}\\b`).test(list)),
    )
    .map(([, , of = '', folder = '']) => `${of}/${folder}`);
}

describe('The groups of the API server', () => {
  const known = new Set(folders.map((folder) => folder.split('/')[0] ?? ''));
  const written = globSync('*.ts', { cwd: join(root, groups) })
    .map((file) => file.replace('.ts', ''))
    .filter((name) => name !== 'index' && name !== 'resource-settings');

  for (const group of new Set([...known, ...written])) {
    it(`list every resource that has a folder, and no other: ${group}`, () => {
      const served = folders.filter(
        (folder) => folder.startsWith(`${group}/`) && !Object.hasOwn(notServedAlone, folder),
      );
      expect(listed(group)).to.have.members(served);
    });
  }

  it('have no exception that is none', () => {
    expect(folders).to.include.members(Object.keys(notServedAlone));
  });
});

describe('The config map, the pattern for plain resources,', () => {
  it('is less than 80 lines of code', () => {
    const lines = sourcesOf('packages/registry/core/configmap')
      .flatMap(({ text }) => text.split('\n'))
      .filter((line) => line.trim() !== '' && !/^\s*(\/\/|\/?\*)/.test(line));
    expect(lines.length).to.be.within(20, 79);
  });
});

describe('The records of decisions', () => {
  const names = globSync('*.md', { cwd: join(root, 'docs/adr') }).sort();

  it('are numbered one by one', () => {
    expect(names.map((name) => Number(name.slice(0, 4)))).to.deep.equal(
      names.map((_, index) => index + 1),
    );
  });

  it('carry their number, and say what came of them', () => {
    for (const [index, name] of names.entries()) {
      const text = readFileSync(join(root, 'docs/adr', name), 'utf8');
      expect(text, name).to.match(new RegExp(`^# ${index + 1}\\. `));
      expect(text, name).to.match(/^Status: (proposed|accepted|superseded)/m);
    }
  });
});

describe('The README', () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');

  for (const { manifest } of publishedPackages()) {
    if (manifest.name.startsWith('@keelson/registry-')) continue;
    it(`names ${manifest.name}`, () => {
      expect(readme).to.include(`\`${manifest.name}\``);
    });
  }
});

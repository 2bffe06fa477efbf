import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { publishedPackages, root } from './packages.ts';

describe('a published package', () => {
  for (const { folder, manifest } of publishedPackages()) {
    it(`has one form: ${manifest.name}`, () => {
      const folderName = folder.replace(/^(packages|apps)\//, '').replaceAll('/', '-');
      expect(manifest.name).to.equal(`@keelson/${folderName}`);
      expect(manifest.license).to.equal('Apache-2.0');
      expect(manifest.type).to.equal('module');
      expect(manifest.engines?.node).to.equal('>=22.12');
      expect(manifest.description).to.be.a('string').that.matches(/\.$/);
      expect(manifest.files).to.include.members([
        'dist',
        '!dist/**/*.test.*',
        '!dist/.tsbuildinfo',
      ]);
      expect(manifest.scripts?.test).to.equal("mocha 'dist/**/*.test.js'");
    });

    it(`exports what it has built, with its types: ${manifest.name}`, () => {
      const targets = Object.values(manifest.exports ?? {});
      expect(targets).to.not.deep.equal([]);
      for (const { types = '', default: code = '' } of targets) {
        expect(types).to.match(/^\.\/dist\/.*\.d\.ts$/);
        expect(code).to.equal(types.replace('.d.ts', '.js'));
        expect(code.includes('*') || existsSync(join(root, folder, code)), code).to.equal(true);
      }
    });

    it(`takes its versions from the catalog: ${manifest.name}`, () => {
      const all = { ...manifest.dependencies, ...manifest.devDependencies };
      const others = Object.entries(all).filter(
        ([name, version]) =>
          version !== (name.startsWith('@keelson/') ? 'workspace:*' : 'catalog:'),
      );
      expect(others).to.deep.equal([]);
    });

    it(`has a short README: ${manifest.name}`, () => {
      const file = join(root, folder, 'README.md');
      expect(existsSync(file), `${folder}/README.md is missing`).to.equal(true);
      const text = readFileSync(file, 'utf8');
      expect(text.trimEnd().split('\n').length).to.be.at.most(60);
      expect(text.split('\n')[0]).to.equal(`# ${manifest.name}`);
      const headings = [...text.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
      expect(headings).to.include.members(['Use', 'Contract', 'Where it sits', 'Design notes']);
    });
  }
});

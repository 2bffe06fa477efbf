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
      expect(manifest.files).to.include('dist').and.to.include('!dist/**/*.test.*');
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
      const lines = readFileSync(file, 'utf8').split('\n').length;
      expect(lines).to.be.lessThan(90);
    });
  }
});

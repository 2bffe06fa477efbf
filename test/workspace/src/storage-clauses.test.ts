import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { root } from './packages.ts';

const page = readFileSync(join(root, 'docs/storage-clauses.md'), 'utf8');
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| Run'))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, clause = '', file = '', says = '']) => ({ clause, file: file.slice(1, -1), says }));

describe('The clauses of upstream’s storage suite', () => {
  it('are all there', () => {
    expect(new Set(rows.map(({ clause }) => clause)).size).to.equal(63);
  });

  it('have a counterpart, or a reason why not', () => {
    expect(rows.filter(({ says }) => says === '')).to.deep.equal([]);
  });

  for (const { clause, file, says } of rows.filter((row) => row.file !== '')) {
    it(`${clause} is ${file}: ${says}`, () => {
      const found = existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : '';
      expect(found.includes(says), `${file} has no “${says}”`).to.equal(true);
    });
  }
});

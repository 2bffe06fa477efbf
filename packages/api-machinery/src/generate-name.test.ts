import { expect } from 'chai';
import { describe, it } from 'mocha';
import { generateName, randomSuffix } from './generate-name.ts';

describe('A generated name', () => {
  it('is its base, cut to 58 characters, and five letters', () => {
    expect(generateName('a'.repeat(70))).to.match(/^a{58}[bcdfghjklmnpqrstvwxz2456789]{5}$/);
  });

  it('uses every letter, and about as often as any other', () => {
    const counts = new Map<string, number>();
    for (const letter of randomSuffix(27_000)) counts.set(letter, (counts.get(letter) ?? 0) + 1);
    // 1,000 each, give or take: seven times the standard deviation is 220.
    expect([...counts.values()].filter((count) => Math.abs(count - 1000) < 220)).to.have.length(27);
  });

  it('is another one every time, however many are made', () => {
    const names = Array.from({ length: 2000 }, () => randomSuffix(12));
    expect(new Set(names).size).to.equal(names.length);
  });
});

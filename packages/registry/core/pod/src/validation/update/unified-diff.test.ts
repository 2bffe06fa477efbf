import { expect } from 'chai';
import { describe, it } from 'mocha';
import { changesBetween } from './line-changes.ts';
import { objectDiff } from './unified-diff.ts';

describe('The difference between two objects', () => {
  it('is nothing when they are equal', () => {
    expect(objectDiff({ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] })).to.equal('');
  });

  it('shows three lines around a change', () => {
    const before = { a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7, h: 8 };
    expect(objectDiff(before, { ...before, e: 0 })).to.equal(
      '@@ -3,7 +3,7 @@\n  "b": 2,\n  "c": 3,\n  "d": 4,\n- "e": 5,\n+ "e": 0,\n  "f": 6,\n  "g": 7,\n  "h": 8\n',
    );
  });

  it('shows neighbouring changes together, and distant ones apart', () => {
    const before = Array.from({ length: 30 }, (_, index) => index);
    const change = (...places: number[]) =>
      before.map((value) => (places.includes(value) ? -value : value));
    const hunks = (after: number[]) => objectDiff(before, after).match(/^@@.*@@$/gm);
    expect(hunks(change(5, 11))).to.have.length(1);
    expect(hunks(change(5, 20))).to.have.length(2);
  });

  it("escapes what Go's encoder escapes", () => {
    expect(objectDiff({ a: '' }, { a: '<&>' })).to.contain('+ "a": "\\u003c\\u0026\\u003e"');
  });

  it('takes lines that are everywhere in a long text as they come', () => {
    // More than one line in a hundred is `x`: none of them is looked for, so the change starts where the texts part.
    const a = Array.from({ length: 300 }, (_, index) => (index % 2 === 0 ? 'x' : `line ${index}`));
    const b = ['new', ...a];
    expect(changesBetween(a, b)).to.deep.equal([
      { a: { start: 0, end: 0 }, b: { start: 0, end: 1 } },
    ]);
  });

  it('gives up on details where they would take too long', () => {
    // Each line a hundred times, in an order that leaves no long stretch in common.
    const a = Array.from({ length: 20_000 }, (_, index) => `${index % 200}`);
    const b = Array.from({ length: 20_000 }, (_, index) => `${(index * 7) % 200}`);
    expect(changesBetween(['start', ...a, 'end'], ['start', ...b, 'end'])).to.deep.equal([
      { a: { start: 2, end: 20_001 }, b: { start: 2, end: 20_001 } },
    ]);
  });

  it('turns one text into the other when its changes are made', () => {
    const random = seeded(42);
    for (let round = 0; round < 200; round++) {
      const a = Array.from({ length: random(40) }, () => `${random(6)}`);
      const b = Array.from({ length: random(40) }, () => `${random(6)}`);
      expect(applied(a, b)).to.deep.equal(b);
    }
  });
});

function applied(a: readonly string[], b: readonly string[]): string[] {
  let at = 0;
  const result: string[] = [];
  for (const change of changesBetween(a, b)) {
    result.push(...a.slice(at, change.a.start), ...b.slice(change.b.start, change.b.end));
    at = change.a.end;
  }
  return [...result, ...a.slice(at)];
}

/** Numbers below a limit, the same ones in every run. */
function seeded(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state % limit;
  };
}

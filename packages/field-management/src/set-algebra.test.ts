import { expect } from 'chai';
import { describe, it } from 'mocha';
import { emptySet, equalSets, hasPath, isEmptySet, pathsOf, type FieldSet } from './field-set.ts';
import { fieldSetOf } from './path-set.ts';
import { encodeFieldSet, parseFieldSet } from './fields-v1.ts';
import { difference, intersection, leaves, recursiveDifference, union } from './set-algebra.ts';
import type { Path } from './step.ts';
import { Random } from '@keelson/storage-backend/testing';

const steps = ['f:a', 'f:b', 'k:{"name":"a"}', 'v:"x"'] as const;

function randomSet(random: Random): FieldSet {
  const paths = Array.from({ length: random.below(12) }, () =>
    Array.from({ length: 1 + random.below(3) }, () => random.pick(steps)),
  );
  return fieldSetOf(paths);
}

/** What a set says, the plain way: the paths that are in it. */
const told = (set: FieldSet): string[] => [...pathsOf(set)].map((path) => path.join('/')).sort();

/** Whether no node is there for nothing. */
const isTight = (set: FieldSet): boolean =>
  [...set.children.values()].every((child) => !isEmptySet(child) && isTight(child));

describe('Sets of paths', () => {
  for (let seed = 1; seed <= 200; seed++) {
    const random = new Random(seed);
    const [a, b, c] = [randomSet(random), randomSet(random), randomSet(random)];
    const [inA, inB] = [told(a), told(b)];

    it(`are united, intersected and subtracted path by path (seed ${seed})`, () => {
      expect(told(union(a, b))).to.deep.equal([...new Set([...inA, ...inB])].sort());
      expect(told(intersection(a, b))).to.deep.equal(inA.filter((path) => inB.includes(path)));
      expect(told(difference(a, b))).to.deep.equal(inA.filter((path) => !inB.includes(path)));
      const isBelow = (path: string) =>
        inB.some((other) => path === other || path.startsWith(`${other}/`));
      expect(told(recursiveDifference(a, b))).to.deep.equal(inA.filter((path) => !isBelow(path)));
      const goesOn = (path: string) => inA.some((other) => other.startsWith(`${path}/`));
      expect(told(leaves(a))).to.deep.equal(inA.filter((path) => !goesOn(path)));
    });

    it(`follow the laws (seed ${seed})`, () => {
      const laws: readonly (readonly [FieldSet, FieldSet])[] = [
        [union(a, b), union(b, a)],
        [union(union(a, b), c), union(a, union(b, c))],
        [union(a, a), a],
        [intersection(a, b), intersection(b, a)],
        [intersection(intersection(a, b), c), intersection(a, intersection(b, c))],
        [intersection(a, union(b, c)), union(intersection(a, b), intersection(a, c))],
        [union(difference(a, b), intersection(a, b)), a],
        [difference(a, union(b, c)), difference(difference(a, b), c)],
        [difference(a, a), emptySet],
        [recursiveDifference(a, a), emptySet],
      ];
      for (const [one, other] of laws) {
        expect(equalSets(one, other)).to.equal(true);
        expect(isTight(one)).to.equal(true);
      }
    });

    it(`are read as they are written (seed ${seed})`, () => {
      const written = encodeFieldSet(union(a, b));
      const read = parseFieldSet(structuredClone(written));
      expect(read !== undefined && equalSets(read, union(a, b))).to.equal(true);
      expect(encodeFieldSet(read ?? emptySet)).to.deep.equal(written);
    });
  }

  it('give themselves back when nothing changes', () => {
    const set = fieldSetOf([['f:a', 'f:b'], ['f:c']]);
    const part = fieldSetOf([['f:a', 'f:b']]);
    expect(union(set, part)).to.equal(set);
    expect(difference(set, fieldSetOf([['f:x'], ['f:a']]))).to.equal(set);
  });

  it('know their paths, those that end before those that go on', () => {
    const paths: readonly Path[] = [['f:b'], ['f:a', 'f:z'], ['f:a', 'f:y', 'f:x'], ['f:a']];
    const set = fieldSetOf(paths);
    expect([...pathsOf(set)]).to.deep.equal([
      ['f:a'],
      ['f:b'],
      ['f:a', 'f:z'],
      ['f:a', 'f:y', 'f:x'],
    ]);
    expect(hasPath(set, ['f:a'])).to.equal(true);
    expect(hasPath(set, ['f:a', 'f:y'])).to.equal(false);
    expect(hasPath(set, [])).to.equal(false);
  });
});

import { Random } from '@keelson/storage-backend/testing';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { withoutRepetitions } from './repetitions.ts';

/** As it is defined: every item with every later one. */
function oneByOne(list: string[]): string[] {
  for (let index = 0; index < list.length; index++)
    for (let later = index + 1; later < list.length; later++)
      while (later < list.length && list[later] === list[index]) {
        const last = list.pop() ?? '';
        if (later < list.length) list[later] = last;
      }
  return list;
}

describe('Scalars that are there again', () => {
  const rows: readonly (readonly [list: string, once: string])[] = [
    ['abc', 'abc'],
    ['abacd', 'abdc'],
    ['aaaa', 'a'],
    ['abbacd', 'abcd'],
    ['abab', 'ab'],
  ];
  for (const [list, once] of rows) {
    it(`make ${once} of ${list}`, () => {
      expect(withoutRepetitions(Array.from(list))).to.deep.equal(Array.from(once));
    });
  }

  it('go as if all were compared with all', () => {
    const random = new Random(1);
    for (let run = 0; run < 2000; run++) {
      const list = Array.from({ length: random.below(12) }, () => 'abcdef'[random.below(6)] ?? '');
      expect(withoutRepetitions([...list]), list.join('')).to.deep.equal(oneByOne([...list]));
    }
  });

  it('are many, and take no time to speak of', () => {
    const many = Array.from({ length: 200_000 }, (_, index) => index % 100_000);
    expect(withoutRepetitions(many)).to.have.length(100_000);
  });
});

import { StatusError } from '@keelson/api-machinery';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { booleanOf, int64Of, integerOf } from './query-values.ts';

describe('A value of a query', () => {
  const booleans: readonly (readonly [query: string, value: boolean | undefined])[] = [
    ['', undefined],
    ['x', true],
    ['x=', true],
    ['x=true', true],
    ['x=no', true],
    ['x=f', true],
    ['x=00', true],
    ['x=0', false],
    ['x=false', false],
    ['x=FaLsE', false],
    ['x=false&x=true', false],
  ];
  for (const [query, value] of booleans) {
    it(`is ${value ?? 'absent'} as a boolean in "${query}"`, () => {
      expect(booleanOf(new URLSearchParams(query), 'x')).to.equal(value);
    });
  }

  const integers: readonly (readonly [query: string, value: number | string | undefined])[] = [
    ['', undefined],
    ['x=0', 0],
    ['x=-1', -1],
    ['x=%2B2', 2],
    ['x=007', 7],
    ['x=1&x=y', 1],
    ['x=9223372036854775807', 2 ** 63],
    [
      'x=9223372036854775808',
      'strconv.ParseInt: parsing "9223372036854775808": value out of range',
    ],
    [
      'x=-9223372036854775809',
      'strconv.ParseInt: parsing "-9223372036854775809": value out of range',
    ],
    ['x=', 'strconv.ParseInt: parsing "": invalid syntax'],
    ['x=-', 'strconv.ParseInt: parsing "-": invalid syntax'],
    ['x=1.5', 'strconv.ParseInt: parsing "1.5": invalid syntax'],
    ['x=1e2', 'strconv.ParseInt: parsing "1e2": invalid syntax'],
    ['x=%0A', String.raw`strconv.ParseInt: parsing "\n": invalid syntax`],
    ['x=%00', String.raw`strconv.ParseInt: parsing "\x00": invalid syntax`],
  ];
  for (const [query, value] of integers) {
    it(`is ${JSON.stringify(value)} as a number in "${query}"`, () => {
      const read = () => integerOf(new URLSearchParams(query), 'x');
      if (typeof value === 'string') expect(read).to.throw(StatusError, value);
      else expect(read()).to.equal(value);
    });
  }

  it('keeps its last digits where they matter', () => {
    const query = new URLSearchParams('x=-9007199254740993');
    expect(int64Of(query, 'x')).to.equal(-9007199254740993n);
  });

  it('of very many digits is refused at once', () => {
    const query = new URLSearchParams(`x=${'9'.repeat(100_000)}`);
    expect(() => integerOf(query, 'x')).to.throw(StatusError, 'value out of range');
  });
});

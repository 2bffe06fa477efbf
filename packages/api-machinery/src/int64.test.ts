import { expect } from 'chai';
import { describe, it } from 'mocha';
import { addInt64, secondsToMilliseconds, toInt64 } from './int64.ts';
import { jsonText } from './json-text.ts';

const largest = 2n ** 63n - 1n;

describe('A whole number of 64 bits', () => {
  const forms: readonly (readonly [value: bigint, form: number | bigint])[] = [
    [0n, 0],
    [9007199254740991n, 9007199254740991],
    [9007199254740992n, 9007199254740992n],
    [-9007199254740992n, -9007199254740992n],
    [largest, largest],
    [largest + 1n, -largest - 1n],
  ];
  for (const [value, form] of forms) {
    it(`has one form: ${value}`, () => {
      expect(toInt64(value)).to.equal(form);
    });
  }

  const sums: readonly (readonly [a: number | bigint, b: number | bigint, sum: number | bigint])[] =
    [
      [1, 2, 3],
      [9007199254740991, 1, 9007199254740992n],
      [9007199254740992n, 1, 9007199254740993n],
      [9007199254740992n, -1, 9007199254740991],
      [largest, 1, -largest - 1n],
    ];
  for (const [a, b, sum] of sums) {
    it(`adds: ${a} + ${b}`, () => {
      expect(addInt64(a, b)).to.equal(sum);
    });
  }

  it('is seconds, as far as they go', () => {
    expect(secondsToMilliseconds(-30)).to.equal(-30_000);
    expect(secondsToMilliseconds(2n ** 62n)).to.equal(0);
  });

  it('is digits in JSON', () => {
    expect(jsonText({ a: [1, 9007199254740993n], b: undefined })).to.equal(
      '{"a":[1,9007199254740993]}',
    );
  });
});

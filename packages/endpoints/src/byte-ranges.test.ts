import { expect } from 'chai';
import { describe, it } from 'mocha';
import { parseRanges, type WantedRanges } from './byte-ranges.ts';

const size = 100;
const part = (start: number, end: number) => ({ start, end });

describe('byte ranges', () => {
  const cases: readonly (readonly [header: string, ranges: WantedRanges])[] = [
    ['bytes=0-9', [part(0, 10)]],
    ['bytes=90-', [part(90, 100)]],
    ['bytes=0-999', [part(0, 100)]],
    ['bytes=-10', [part(90, 100)]],
    ['bytes=-999', [part(0, 100)]],
    ['bytes=-0', [part(100, 100)]],
    ['bytes= 0-9 , 20-29 ', [part(0, 10), part(20, 30)]],
    ['bytes=+1-2', [part(1, 3)]],
    ['bytes=0-9,100-', [part(0, 10)]],
    ['bytes=,', []],
    ['bytes=0-59,30-89', []],
    ['bytes=100-', 'beyond the end'],
    ['bytes=100-x', 'beyond the end'],
    ['bytes=9-3', 'invalid'],
    ['bytes=x', 'invalid'],
    ['bytes=-', 'invalid'],
    ['bytes=--1', 'invalid'],
    ['bytes=1-2-3', 'invalid'],
    ['bytes=99999999999999999999-', 'invalid'],
    ['lines=1-2', 'invalid'],
    ['', 'invalid'],
  ];
  for (const [header, ranges] of cases)
    it(`"${header}" of 100`, () => {
      expect(parseRanges(header, size)).to.deep.equal(ranges);
    });
});

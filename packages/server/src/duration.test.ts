import { expect } from 'chai';
import { describe, it } from 'mocha';
import { durationProblem, parseDuration } from './duration.ts';

describe('a duration', () => {
  const good: readonly [string, number][] = [
    ['0', 0],
    ['1s', 1000],
    ['1m30s', 90_000],
    ['-1.5h', -5_400_000],
    ['100ms', 100],
    ['1us', 0.001],
    ['.5s', 500],
    ['+2s', 2000],
    ['1µs', 0.001],
  ];
  for (const [text, milliseconds] of good)
    it(`${text} is ${milliseconds} ms`, () => expect(parseDuration(text)).to.equal(milliseconds));

  const bad: readonly [string, string][] = [
    ['x', 'time: invalid duration "x"'],
    ['', 'time: invalid duration ""'],
    ['1', 'time: missing unit in duration "1"'],
    ['1s5', 'time: missing unit in duration "1s5"'],
    ['1d', 'time: unknown unit "d" in duration "1d"'],
    ['-', 'time: invalid duration "-"'],
  ];
  for (const [text, problem] of bad) {
    it(`${JSON.stringify(text)} is none`, () => {
      expect(durationProblem(text)).to.equal(problem);
      expect(parseDuration(text)).to.equal(undefined);
    });
  }
});

import { expect } from 'chai';
import { describe, it } from 'mocha';
import {
  isTooLargeResourceVersion,
  parseResourceVersion,
  requireRevision,
  tooLargeResourceVersionError,
} from './resource-version.ts';

describe('resourceVersion', () => {
  const good: readonly { given: string | undefined; revision: number }[] = [
    { given: undefined, revision: 0 },
    { given: '', revision: 0 },
    { given: '0', revision: 0 },
    { given: '17', revision: 17 },
    { given: '007', revision: 7 },
    { given: '18446744073709551615', revision: 2 ** 64 },
  ];
  for (const { given, revision } of good) {
    it(`${JSON.stringify(given) ?? 'that is absent'} is revision ${revision}`, () => {
      expect(parseResourceVersion(given)).to.deep.equal({ revision });
    });
  }

  // Recorded from kube-apiserver v1.37.
  const bad: readonly { given: string; why: string }[] = [
    { given: 'abc', why: 'invalid syntax' },
    { given: '-1', why: 'invalid syntax' },
    { given: '1.5', why: 'invalid syntax' },
    { given: '1e3', why: 'invalid syntax' },
    { given: '18446744073709551616', why: 'value out of range' },
    { given: '99999999999999999999999', why: 'value out of range' },
  ];
  for (const { given, why } of bad) {
    it(`${given} is refused: ${why}`, () => {
      const problem = `resourceVersion: Invalid value: "${given}": strconv.ParseUint: parsing "${given}": ${why}`;
      expect(parseResourceVersion(given)).to.deep.equal({ problem });
      expect(() => requireRevision(given))
        .to.throw(problem)
        .that.includes({ code: 500, reason: '' });
    });
  }

  it('that is too large gives a 504 with the cause that clients look for', () => {
    expect(tooLargeResourceVersionError(999999, 233, 1).toStatus()).to.deep.include({
      message: 'Timeout: Too large resource version: 999999, current: 233',
      reason: 'Timeout',
      code: 504,
      details: {
        causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
        retryAfterSeconds: 1,
      },
    });
  });

  it('that is too large is told from other errors', () => {
    expect(
      [tooLargeResourceVersionError(2, 1), new Error('x')].map(isTooLargeResourceVersion),
    ).to.deep.equal([true, false]);
  });
});

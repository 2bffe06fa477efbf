import { StatusError } from '@keelson/api-machinery';
import { StorageError, type StorageErrorCode } from '@keelson/storage-backend';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { toStatusError } from './storage-errors.ts';

describe('What goes wrong in storage', () => {
  const table: readonly { code: StorageErrorCode; status: number; reason: string }[] = [
    { code: 'unavailable', status: 503, reason: 'ServiceUnavailable' },
    { code: 'too-large', status: 413, reason: 'RequestEntityTooLarge' },
    { code: 'timeout', status: 504, reason: 'Timeout' },
    { code: 'corrupt', status: 500, reason: 'InternalError' },
  ];
  for (const { code, status, reason } of table) {
    it(`is a ${status} for ${code}`, () => {
      const cause = new StorageError(code, { key: 'k' });
      expect(toStatusError(cause)).to.be.instanceOf(StatusError).and.include({
        code: status,
        reason,
        cause,
      });
    });
  }

  it('is left alone when it is not storage’s', () => {
    const bug = new TypeError('x');
    expect(toStatusError(bug)).to.equal(bug);
  });
});

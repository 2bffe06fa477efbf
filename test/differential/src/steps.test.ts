import type { JsonValue } from '@keelson/api-machinery';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { kinds } from './kinds.ts';
import { Random } from '@keelson/storage-backend/testing';
import { randomStep } from './steps.ts';

function requests(seed: number, live: JsonValue): unknown[] {
  const random = new Random(seed);
  return kinds.map((kind) => {
    const subject = { kind, namespace: 'n', name: 'x' };
    const known = live === null ? null : { ...Object(live), kind: kind.kind };
    return randomStep(random, subject, known)(known);
  });
}

describe('Random steps', () => {
  it('are the same for the same seed, and others for another', () => {
    const live = { metadata: { name: 'x', labels: { a: '1' } }, spec: { replicas: 1 } };
    expect(requests(7, live)).to.deep.equal(requests(7, live));
    expect(requests(7, live)).to.not.deep.equal(requests(8, live));
  });

  it('make what is not there', () => {
    for (let seed = 1; seed <= 50; seed++)
      for (const request of requests(seed, null))
        expect(request).to.have.property('method').that.is.oneOf(['POST', 'PATCH', 'PUT']);
  });
});

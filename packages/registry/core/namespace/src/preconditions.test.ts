import { StatusError } from '@keelson/api-machinery';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { checkPreconditions } from './preconditions.ts';

const namespace = { metadata: { name: 'a', uid: 'u', resourceVersion: '7' }, spec: {}, status: {} };

describe('Preconditions of the deletion of a namespace', () => {
  for (const preconditions of [{}, { uid: 'u' }, { resourceVersion: '7' }]) {
    it(`hold: ${JSON.stringify(preconditions)}`, () => {
      expect(() => checkPreconditions(namespace, preconditions)).to.not.throw();
    });
  }

  const refused = [
    { preconditions: { uid: 'x' }, why: 'UID in precondition: x, UID in object meta: u' },
    {
      preconditions: { uid: 'u', resourceVersion: '6' },
      why: 'ResourceVersion in precondition: 6, ResourceVersion in object meta: 7',
    },
  ];
  for (const { preconditions, why } of refused) {
    it(`do not hold: ${JSON.stringify(preconditions)}`, () => {
      expect(() => checkPreconditions(namespace, preconditions)).to.throw(
        StatusError,
        `Operation cannot be fulfilled on namespaces "a": Precondition failed: ${why}`,
      );
    });
  }
});

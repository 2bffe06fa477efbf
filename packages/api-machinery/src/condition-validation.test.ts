import { expect } from 'chai';
import { describe, it } from 'mocha';
import { validateConditions } from './condition-validation.ts';
import { fieldErrorMessage } from './field-error.ts';
import { fieldPath } from './field-path.ts';
import type { Condition } from './gen/meta-v1.ts';

const good: Condition = {
  type: 'Ready',
  status: 'True',
  lastTransitionTime: '2026-01-01T00:00:00Z',
  reason: 'AllGood',
  message: '',
};

describe('Conditions', () => {
  const rows: readonly (readonly [Partial<Condition>, ...string[]])[] = [
    [{}],
    [{ type: '' }, 'c[0].type: Required value: is required'],
    [{ status: '' }, 'c[0].status: Required value'],
    [
      { status: 'true' },
      'c[0].status: Unsupported value: "true": supported values: "False", "True", "Unknown"',
    ],
    [
      { observedGeneration: -1 },
      'c[0].observedGeneration: Invalid value: -1: must be greater than or equal to zero',
    ],
    [{ lastTransitionTime: '' }, 'c[0].lastTransitionTime: Required value'],
    [{ reason: '' }, 'c[0].reason: Required value'],
    [
      { reason: 'a-b' },
      "c[0].reason: Invalid value: \"a-b\": a condition reason must start with alphabetic character, optionally followed by a string of alphanumeric characters or '_,:', and must end with an alphanumeric character or '_' (e.g. 'my_name',  or 'MY_NAME',  or 'MyName',  or 'ReasonA,ReasonB',  or 'ReasonA:ReasonB', regex used for validation is '[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?')",
    ],
    [{ reason: 'a'.repeat(1025) }, 'c[0].reason: Too long: may not be more than 1024 bytes'],
    [{ message: 'a'.repeat(32769) }, 'c[0].message: Too long: may not be more than 32768 bytes'],
  ];
  for (const [change, ...problems] of rows) {
    it(`with ${JSON.stringify(change).slice(0, 60)} are ${problems.length === 0 ? 'valid' : 'refused'}`, () => {
      const found = validateConditions([{ ...good, ...change }], fieldPath('c'));
      expect(found.map(fieldErrorMessage)).to.deep.equal(problems);
    });
  }

  it('are one of each type', () => {
    expect(validateConditions([good, good], fieldPath('c')).map(fieldErrorMessage)).to.deep.equal([
      'c[1]: Duplicate value: "Ready"',
    ]);
  });
});

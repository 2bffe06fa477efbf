import { expect } from 'chai';
import { describe, it } from 'mocha';
import { cborCases, outcomeText } from '../testing/cbor-cases.ts';
import { kindOfType } from '../testing/decode-outcome.ts';
import { askCbor } from './oracle.ts';

// What the table of decode-cbor.test.ts says is what Go's own serializer makes of the same bytes.

describe('the table of CBOR', () => {
  const cases = cborCases();
  const answers = askCbor(
    cases.map(({ document, type }) =>
      type === undefined ? { document } : { document, kind: kindOfType(type) },
    ),
  );
  for (const [index, { subject, name, outcome }] of cases.entries())
    it(`${subject}: ${name}`, () => {
      const answer = answers[index];
      expect(answer === undefined ? undefined : outcomeText(answer)).to.equal(outcome);
    });
});

import { expect } from 'chai';
import { describe, it } from 'mocha';
import { parseBareQuantity, parseQuantityText } from './quantity.ts';

const shape =
  "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

describe('the text of a quantity', () => {
  const rows: readonly (readonly [text: string, value: string | undefined, problem?: string])[] = [
    ['1024Mi', '1Gi'],
    ['0.1', '100m'],
    [' 1 ', '1'],
    ['99999999999999999999', '99999999999999999999'],
    ['1e3', '1e3'],
    ['', undefined, shape],
    ['x', undefined, shape],
    ['1x', undefined, shape],
    ['1mm', undefined, "unable to parse quantity's suffix"],
    ['Ki', '0'],
    ['-.Ei', undefined, 'unable to parse numeric part of quantity'],
  ];
  for (const [text, value, problem] of rows) {
    it(`${JSON.stringify(text)} is ${value ?? problem?.slice(0, 20)}`, () => {
      expect(parseQuantityText(text)).to.deep.equal(value === undefined ? { problem } : { value });
    });
  }

  it('has no space around it where nobody takes that away', () => {
    expect(parseBareQuantity('1')).to.deep.equal({ value: '1' });
    expect(parseBareQuantity('1\r')).to.deep.equal({ problem: shape });
  });
});

import { expect } from 'chai';
import { describe, it } from 'mocha';
import { duplicate, fieldErrorMessage, invalid, notSupported } from './field-error.ts';

/** A finding, and Go's text for it. */
const rows: readonly (readonly [name: string, error: ReturnType<typeof invalid>, text: string])[] =
  [
    ['a string', invalid('a', 'b\0"', 'is odd'), 'a: Invalid value: "b\\x00\\"": is odd'],
    ['a number', invalid('a', 7, 'is odd'), 'a: Invalid value: 7: is odd'],
    ['nothing', invalid('a', undefined, 'is odd'), 'a: Invalid value: null: is odd'],
    ['a list', duplicate('a', ['<x>']), 'a: Duplicate value: ["\\u003cx\\u003e"]'],
    [
      'a value of an enumeration',
      notSupported('a', 'b\0<', ['A', 'B']),
      'a: Unsupported value: "b\\u0000\\u003c": supported values: "A", "B"',
    ],
    [
      'a value where there is none to choose',
      notSupported('a', 'b', []),
      'a: Unsupported value: "b"',
    ],
  ];

describe('A field error', () => {
  for (const [name, error, text] of rows) {
    it(`shows ${name} as Go does`, () => {
      expect(fieldErrorMessage(error)).to.equal(text);
    });
  }
});

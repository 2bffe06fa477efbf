import { expect } from 'chai';
import { describe, it } from 'mocha';
import { goQuote } from './go-quote.ts';

describe('A text quoted as Go quotes', () => {
  const rows: readonly (readonly [text: string, quoted: string])[] = [
    ['', '""'],
    ['plain text', '"plain text"'],
    ['a"b\\c', String.raw`"a\"b\\c"`],
    ['\n\r\t\v\f\b\x07', String.raw`"\n\r\t\v\f\b\a"`],
    ['\0\x01\x7f', String.raw`"\x00\x01\x7f"`],
    ['\u0085\u00a0\u2028\ufeff', String.raw`"\u0085\u00a0\u2028\ufeff"`],
    ['ü<>&ß漢😀', '"ü<>&ß漢😀"'],
    ['\u{e0001}', String.raw`"\U000e0001"`],
    ['\ud800', '"\ufffd"'],
  ];
  for (const [text, quoted] of rows) {
    it(`is ${quoted}`, () => {
      expect(goQuote(text)).to.equal(quoted);
    });
  }
});

import { expect } from 'chai';
import { describe, it } from 'mocha';
import { goText, yamlUtf8Problem } from './utf8.ts';

const bytesOf = (hex: string): Uint8Array => Buffer.from(hex, 'hex');

describe('what is no UTF-8', () => {
  const rows: readonly (readonly [hex: string, text: string, yaml: string])[] = [
    ['e28278', '\ufffd\ufffdx', 'invalid trailing UTF-8 octet'],
    ['e282', '\ufffd\ufffd', 'incomplete UTF-8 octet sequence'],
    ['f09f9878', '\ufffd\ufffd\ufffdx', 'invalid trailing UTF-8 octet'],
    ['61ff62', 'a\ufffdb', 'invalid leading UTF-8 octet'],
    ['80', '\ufffd', 'invalid leading UTF-8 octet'],
    ['c080', '\ufffd\ufffd', 'invalid length of a UTF-8 sequence'],
    ['eda080', '\ufffd\ufffd\ufffd', 'invalid Unicode character'],
    ['f4908080', '\ufffd\ufffd\ufffd\ufffd', 'invalid Unicode character'],
    ['efbfbde282', '\ufffd\ufffd\ufffd', 'incomplete UTF-8 octet sequence'],
  ];
  for (const [hex, text, yaml] of rows) {
    it(`is a mark for each byte, and in YAML refused: ${hex}`, () => {
      expect(goText(bytesOf(hex))).to.equal(text);
      expect(yamlUtf8Problem(bytesOf(hex))).to.equal(yaml);
    });
  }

  it('takes its time in proportion to its length', () => {
    expect(goText(new Uint8Array(2_000_000).fill(0xff))).to.have.length(2_000_000);
  }).timeout(2000);
});

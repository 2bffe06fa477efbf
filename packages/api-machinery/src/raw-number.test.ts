import { expect } from 'chai';
import { describe, it } from 'mocha';
import { copyJson } from './copy-json.ts';
import { jsonText } from './json-text.ts';
import { isRawNumber, parseWithRawNumbers } from './raw-number.ts';

describe('Numbers with their text', () => {
  for (const text of ['2.0', '1e3', '9007199254740993', '-0']) {
    it(`keeps ${text} as it was sent`, () => {
      const value = parseWithRawNumbers(`{"a":[${text}]}`);
      expect(jsonText(value)).to.equal(`{"a":[${text}]}`);
    });
  }

  it('are copied with everything else', () => {
    const text = '{"a":[1e3,{"__proto__":{"b":null},"c":9007199254740993}],"d":"x"}';
    const value = parseWithRawNumbers(text);
    const copy = copyJson(value);
    expect(jsonText(copy)).to.equal(text);
    expect(copy).to.not.equal(value);
  });

  for (const text of ['2', '1.5', '-7', '"2.0"', 'null', '{}']) {
    it(`leaves ${text} what it is`, () => {
      const value = parseWithRawNumbers(text);
      expect(value).to.deep.equal(JSON.parse(text));
      expect(isRawNumber(value)).to.equal(false);
    });
  }
});

import { expect } from 'chai';
import { describe, it } from 'mocha';
import { WarningRecorder } from './warnings.ts';

const headersOf = (texts: readonly string[]): readonly string[] => {
  const recorder = new WarningRecorder();
  for (const text of texts) recorder.add(text);
  return recorder.headers();
};

describe('Warnings', () => {
  it('are given once each, in their order', () => {
    expect(headersOf(['b', 'a', '', 'b'])).to.deep.equal(['299 - "b"', '299 - "a"']);
  });

  it('are quoted', () => {
    expect(headersOf([String.raw`a "b" \c`])).to.deep.equal([String.raw`299 - "a \"b\" \\c"`]);
  });

  it('are written as the bytes of their UTF-8', () => {
    const [header = ''] = headersOf(['ü😀']);
    expect(Buffer.from(header, 'latin1').toString()).to.equal('299 - "ü😀"');
  });

  for (const text of ['a\r\nset-cookie: x', 'a\0b', '\u0085', 'a\u{d800}b']) {
    it(`that could end a header are not given: ${JSON.stringify(text)}`, () => {
      expect(headersOf([text, 'fine'])).to.deep.equal(['299 - "fine"']);
    });
  }

  it('are all cut when they get long together', () => {
    const headers = headersOf(['x'.repeat(4000), 'y'.repeat(200), 'z'.repeat(300)]);
    expect(headers.map((header) => header.length - '299 - ""'.length)).to.deep.equal([
      256, 200, 256,
    ]);
  });

  it('are bounded', () => {
    const headers = headersOf(
      Array.from({ length: 10_000 }, (_, index) => `${index} ${'x'.repeat(500)}`),
    );
    expect(headers.length).to.be.lessThan(40);
  });
});

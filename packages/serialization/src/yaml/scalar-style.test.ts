import { expect } from 'chai';
import { describe, it } from 'mocha';
import { encodeYaml } from './encode-yaml.ts';

const written = (value: string): string =>
  Buffer.from(encodeYaml({ a: value }))
    .toString()
    .slice('a: '.length, -1);

describe('a string in YAML', () => {
  // As sigs.k8s.io/yaml writes them; scripts/compare-yaml.mjs asks it for as many more as one likes.
  const rows: readonly (readonly [value: string, text: string])[] = [
    ['plain', 'plain'],
    ['', '""'],
    ['12', '"12"'],
    ['3e3', '"3e3"'],
    ['0x1f', '"0x1f"'],
    ['0o7', '"0o7"'],
    ['1_000', '"1_000"'],
    ['1:30', '"1:30"'],
    ['2001-01-01', '"2001-01-01"'],
    ['.inf', '".inf"'],
    ['0.1.2', '0.1.2'],
    ['1e', '1e'],
    ['y', '"y"'],
    ['TRUE', '"TRUE"'],
    ['~', '"~"'],
    ['=', '='],
    ['<<', '<<'],
    ['-', "'-'"],
    ['- x', "'- x'"],
    ['-x', '-x'],
    ['--- ', "'--- '"],
    ['? x', "'? x'"],
    ['a: b', "'a: b'"],
    ['a #b', "'a #b'"],
    ['a#b', 'a#b'],
    [' a', "' a'"],
    ["it's", "it's"],
    ["'quoted'", "'''quoted'''"],
    ['tab\there', '"tab\\there"'],
    ['\u00a0x', '\u00a0x'],
    ['\u{1f600}', '"\\U0001F600"'],
    ['\ufeff', '"\\uFEFF"'],
    ['\u0007', '"\\a"'],
    ['a\u2028b', "'a\u2028  b'"],
    ['a\u0085 b', 'a b'],
    ['a\nb', '|-\n  a\n  b'],
    ['a\n', '|\n  a'],
    ['a\n\n', '|+\n  a\n'],
    [' a\nb', '|2-\n   a\n  b'],
    ['a \nb', '"a \\nb"'],
  ];
  for (const [value, text] of rows) {
    it(`is ${JSON.stringify(text)} for ${JSON.stringify(value)}`, () => {
      expect(written(value)).to.equal(text);
    });
  }

  it('stands behind a question mark where it is a key with lines, or a long one', () => {
    const text = Buffer.from(encodeYaml({ 'a\nb': 1, ['x'.repeat(129)]: 2 })).toString();
    expect(text).to.equal(`? |-\n  a\n  b\n: 1\n? ${'x'.repeat(129)}\n: 2\n`);
  });

  it('takes its time in proportion to its length', () => {
    const breaks = `${'\n'.repeat(200_000)}a${' '.repeat(200_000)}\u0085${'\u2028'.repeat(200_000)}b`;
    expect(written(breaks)).to.have.length.greaterThan(0);
  }).timeout(2000);
});

import type { KubernetesObject } from '@keelson/api-machinery';
import { schemaOf } from '@keelson/kubernetes-api';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { decodeYaml, parseYaml } from './decode-yaml.ts';

describe('YAML that upstream refuses', () => {
  const rows: readonly (readonly [name: string, text: string, why: string])[] = [
    ['has characters that must be escaped', 'a: \u007f', 'control characters are not allowed'],
    ['has a byte order mark inside', 'a: \ufeff', 'control characters are not allowed'],
    ['escapes half a character', 'a: "\\ud800"', 'found invalid Unicode character escape code'],
    ['escapes both halves', 'a: "\\ud83d\\ude00"', 'found invalid Unicode character escape code'],
    ['has an escape that is none', 'a: "\\uzzzz"', 'did not find expected hexdecimal number'],
    ['misses a comma in a map', '{a: "x" "b": 1}', "did not find expected ',' or '}'"],
    ['misses a comma in a list', '{a: [1, "]" 2]}', "did not find expected ',' or ']'"],
  ];
  for (const [name, text, why] of rows) {
    it(name, () => {
      expect(() => parseYaml(Buffer.from(text)))
        .to.throw(`yaml: ${why}`)
        .with.property('code', 400);
    });
  }

  it('has whole numbers of more than 64 bits and a sign', () => {
    const pod = 'spec: {containers: [], terminationGracePeriodSeconds: 9223372036854775808}';
    const kind = { group: '', version: 'v1', kind: 'Pod' };
    expect(() =>
      decodeYaml<KubernetesObject>(Buffer.from(pod), schemaOf('core/v1.Pod'), kind),
    ).to.throw('cannot unmarshal number 9223372036854775808');
  });
});

describe('A key in YAML', () => {
  const keys: readonly (readonly [key: string, text: string])[] = [
    ['9007199254740993', '9007199254740993'],
    ['0x1FFFFFFFFFFFFF1', '144115188075855857'],
    ['1000000', '1000000'],
    // Floats, which are written with the digits of 32 bits.
    ['1e6', '1e+06'],
    ['1e3', '1000'],
    ['5.0', '5'],
    ['1.10', '1.1'],
    ['9007199254740993.0', '9.007199e+15'],
    ['.nan', '.nan'],
    ['-.inf', '-.inf'],
    ['1e300', '.inf'],
    ['true', 'true'],
    ['!!str 1e3', '1e3'],
  ];
  for (const [key, text] of keys) {
    it(`${key} is "${text}"`, () => {
      expect(parseYaml(Buffer.from(`${key}: x`))).to.deep.equal({ [text]: 'x' });
    });
  }

  const refused: readonly (readonly [yaml: string, why: string])[] = [
    [
      '18446744073709551615: [x, 1]',
      'unsupported map key of type: uint64, key: 0xffffffffffffffff, value: []interface {}{"x", 1}',
    ],
    ['~: x', 'unsupported map key of type: %!s(<nil>), key: <nil>, value: "x"'],
    ['? [a]\n: x', 'yaml: invalid map key: []interface {}{"a"}'],
  ];
  for (const [yaml, why] of refused) {
    it(`is not ${JSON.stringify(yaml)}`, () => {
      expect(() => parseYaml(Buffer.from(yaml)))
        .to.throw(why)
        .with.property('code', 400);
    });
  }
});

describe('YAML that upstream takes', () => {
  const rows: readonly (readonly [name: string, text: string, value: unknown])[] = [
    ['begins with a byte order mark', '\ufeffa: 1', { a: 1 }],
    ['escapes characters beyond sixteen bits', 'a: "\\U0001F600"', { a: '\u{1f600}' }],
    ['has what looks like an escape', String.raw`a: "\\ud800"`, { a: String.raw`\ud800` }],
  ];
  for (const [name, text, value] of rows) {
    it(name, () => {
      expect(parseYaml(Buffer.from(text))).to.deep.equal(value);
    });
  }
});

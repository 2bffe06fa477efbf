import { expect } from 'chai';
import { describe, it } from 'mocha';
import { jsonOfNodes } from './json-of-nodes.ts';
import { parseNodes } from './nodes.ts';
import { plainJson } from './plain-json.ts';

const asYaml = (text: string): unknown => {
  const root = parseNodes(text);
  return root === undefined ? undefined : jsonOfNodes(root, text).value;
};

describe('JSON that is taken for YAML', () => {
  const same: readonly string[] = [
    '{}',
    '{"a":"b"}',
    '{"a":"yes","b":"1","c":"null","d":"0x10","e":"2001-01-01","f":"~"}',
    '{"a":1,"b":-7,"c":0,"d":true,"e":null,"f":[],"g":{}}',
    '{ "a" : [ 1, 2, { "b": "# no comment" } ],\n  "c": "- no list: %&*!|>@`" }\n',
    '{"":"","a b":" c ","1":"x","true":"y"}',
    '{"a":{"a":{"a":["a",["b",[]]]}}}',
  ];
  for (const text of same) {
    it(`means the same: ${JSON.stringify(text)}`, () => {
      expect(plainJson(Buffer.from(text))).to.deep.equal(asYaml(text));
      expect(plainJson(Buffer.from(text))).to.not.equal(undefined);
    });
  }

  const others: readonly (readonly [what: string, text: string])[] = [
    ['YAML', 'a: b'],
    ['a list', '[]'],
    ['a key that is there twice', '{"a":1,"a":2}'],
    ['a key that merges', '{"<<":{"a":1}}'],
    ['a long key', `{"${'k'.repeat(1100)}":1}`],
    ['an escape', String.raw`{"a":"\ud83d"}`],
    ['a tab', '{\t"a":1}'],
    ['what is beyond ASCII', '{"a":"ä"}'],
    ['a fraction', '{"a":1.5}'],
    ['an exponent', '{"a":1e3}'],
    ['a large number', '{"a":12345678901234567890}'],
    ['more than one document', '{}\n---\n{}'],
    ['something after it', '{} x'],
    ['nothing', ''],
    ['very many brackets', `{"a":${'['.repeat(1001)}${']'.repeat(1001)}}`],
  ];
  for (const [what, text] of others) {
    it(`is not ${what}`, () => {
      expect(plainJson(Buffer.from(text))).to.equal(undefined);
    });
  }
});

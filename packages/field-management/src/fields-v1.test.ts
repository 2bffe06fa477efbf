import type { FieldsV1 } from '@keelson/api-machinery';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { encodeFieldSet, parseFieldSet } from './fields-v1.ts';
import { fieldSetOf } from './path-set.ts';

describe('FieldsV1', () => {
  const rows: readonly (readonly [
    what: string,
    fields: FieldsV1,
    written: FieldsV1 | undefined,
  ])[] = [
    ['an empty set', {}, {}],
    ['a path', { 'f:a': { 'f:b': {} } }, { 'f:a': { 'f:b': {} } }],
    ['a path that goes on', { 'f:a': { 'f:b': {}, '.': {} } }, { 'f:a': { '.': {}, 'f:b': {} } }],
    ['a dot alone', { 'f:a': { '.': {} } }, { 'f:a': {} }],
    ['null for nothing', { 'f:a': null }, { 'f:a': {} }],
    ['steps of a later version', { 'f:a': { 'q:x': {} }, 'z:y': {} }, { 'f:a': {} }],
    [
      'one step in two ways',
      { 'k:{"a":1}': {}, 'k:{"a":1.0}': { 'f:b': {} } },
      { 'k:{"a":1}': { '.': {}, 'f:b': {} } },
    ],
    ['a step without a kind', { a: {} }, undefined],
    ['a step of no JSON', { 'f:a': { 'k:x': {} } }, undefined],
    ['a number', { 'f:a': 1 }, undefined],
    ['a list', { 'f:a': [] }, undefined],
  ];
  for (const [what, fields, written] of rows) {
    it(`${what} is ${written === undefined ? 'refused' : 'read and written'}`, () => {
      const set = parseFieldSet(fields);
      expect(set && JSON.stringify(encodeFieldSet(set))).to.equal(
        written && JSON.stringify(written),
      );
    });
  }

  it('is read and written once for all that own the same', () => {
    const text = '{"f:data":{"f:once":{}}}';
    const set = parseFieldSet(JSON.parse(text));
    const written = set && encodeFieldSet(set);
    expect(parseFieldSet(JSON.parse(text))).to.equal(set);
    expect(encodeFieldSet(fieldSetOf([['f:data', 'f:once']]))).to.equal(written);
  });

  it('has its steps in upstream’s order', () => {
    const set = parseFieldSet({
      'v:1': {},
      'k:{"port":443}': {},
      'k:{"port":80}': {},
      'f:b': {},
      'f:a': {},
    });
    expect(set && Object.keys(encodeFieldSet(set))).to.deep.equal([
      'f:a',
      'f:b',
      'k:{"port":80}',
      'k:{"port":443}',
      'v:1',
    ]);
  });
});

import { expect } from 'chai';
import { describe, it } from 'mocha';
import { decodeJson } from './decode.ts';
import { schemaOf, typeIds } from '@keelson/kubernetes-api';

const kind = { group: '', version: 'v1', kind: 'ConfigMap' };

describe('A null among the items of a map', () => {
  // The second text is read carefully: it has something twice.
  for (const more of ['', ',"data":{"b":"1"}']) {
    it(`is the empty value${more === '' ? '' : ', read carefully as well'}`, () => {
      const text = `{"kind":"ConfigMap","apiVersion":"v1","binaryData":{"a":null},"data":{"a":null}${more}}`;
      const { object } = decodeJson(Buffer.from(text), schemaOf('core/v1.ConfigMap'), kind);
      expect(object).to.have.deep.property('binaryData', { a: '' });
    });
  }
});

describe('A field', () => {
  it('is never called like what every object has: it is read without asking whose it is', () => {
    const names = typeIds().flatMap((id) => schemaOf(id).fields.map(({ name }) => name));
    expect(names.filter((name) => name in {})).to.deep.equal([]);
  });
});

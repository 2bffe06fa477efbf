import { schemaOf } from '@keelson/kubernetes-api';
import { encodeProtobuf } from '@keelson/serialization';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { jsonOfProtobuf } from './stored-protobuf.ts';

const schema = schemaOf('core/v1.ConfigMap');
const kind = { group: '', version: 'v1', kind: 'ConfigMap' };
const object = {
  kind: 'ConfigMap',
  apiVersion: 'v1',
  metadata: { name: 'a', resourceVersion: '' },
  data: { b: 'c' },
};
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

describe('a value that kube-apiserver stored', () => {
  it('becomes JSON as it is stored here', () => {
    const json = textOf(jsonOfProtobuf(encodeProtobuf(object, schema), schema, kind));
    expect(json).to.equal(
      '{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"a"},"data":{"b":"c"}}',
    );
  });

  it('stays as it is when it is no protobuf', () => {
    const bytes = Buffer.from('encrypted');
    expect(jsonOfProtobuf(bytes, schema, kind)).to.equal(bytes);
  });

  it('is refused when it is of another version', () => {
    const other = encodeProtobuf({ ...object, apiVersion: 'v2' }, schema);
    expect(() => jsonOfProtobuf(other, schema, kind)).to.throw('it is a ConfigMap of v2');
  });

  it('is refused when it is cut off', () => {
    const cut = encodeProtobuf(object, schema).subarray(0, -9);
    expect(() => jsonOfProtobuf(cut, schema, kind)).to.throw('unexpected EOF');
  });
});

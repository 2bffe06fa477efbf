import { schemaOf } from '@keelson/kubernetes-api';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { encodeJson, encodeStoredJson } from './encode-json.ts';

const schema = schemaOf('core/v1.ContainerImage');
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

describe('An empty list that Go must write', () => {
  it('is written as it is', () => {
    expect(text(encodeJson({ names: [] }, schema))).to.equal('{"names":[]}');
  });

  it('is null once it was stored, in the object, too', () => {
    const image = { names: [], sizeBytes: 2 };
    expect(text(encodeStoredJson(image, schema))).to.equal('{"names":null,"sizeBytes":2}');
    expect(image).to.deep.equal({ names: null, sizeBytes: 2 });
  });

  it('is gone once it was stored where Go need not write it', () => {
    const configMap = { metadata: { name: 'a', finalizers: [] }, data: {} };
    encodeStoredJson(configMap, schemaOf('core/v1.ConfigMap'));
    expect(configMap).to.deep.equal({ metadata: { name: 'a' } });
  });
});

import type { ConfigMap } from '@keelson/kubernetes-api/core/v1';
import type { ObjectEvent } from '@keelson/rest-interfaces';
import type { JsonValue } from '@keelson/api-machinery';
import { cborWatchFrame, encodeCborValue, parseCbor } from '@keelson/serialization';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { ApiFixture, type Answer } from './testing/api-fixture.ts';
import { represent } from './testing/config-map-storage.ts';

const cbor = 'application/cbor';
const collection = '/api/v1/namespaces/a/configmaps';
const one = `${collection}/one`;
const accept = { accept: cbor };
const sent = { 'content-type': cbor };
const metadataForm = (as: string) => ({ accept: `${cbor};as=${as};g=meta.k8s.io;v=v1` });

function valueOf(answer: Answer | undefined): JsonValue {
  expect(answer?.headers['content-type']).to.equal(cbor);
  return parseCbor(answer?.bytes ?? new Uint8Array());
}

function withCbor(): ApiFixture {
  const api = new ApiFixture();
  api.cbor = true;
  return api;
}

async function withOne(): Promise<ApiFixture> {
  const api = withCbor();
  const body = encodeCborValue({ metadata: { name: 'one' }, data: { a: '1' } });
  expect((await api.send('POST', collection, { headers: sent, body }))?.status).to.equal(201);
  return api;
}

describe('CBOR', () => {
  it('is neither read nor written unless it is turned on', async () => {
    const api = new ApiFixture();
    expect((await api.send('GET', one, { headers: accept }))?.status).to.equal(406);
    const body = encodeCborValue({ metadata: { name: 'one' } });
    expect((await api.send('POST', collection, { headers: sent, body }))?.status).to.equal(415);
    const headers = { 'content-type': 'application/apply-patch+cbor' };
    expect((await api.send('PATCH', one, { headers, body }))?.status).to.equal(415);
  });

  it('is what objects come in and go out in', async () => {
    const api = await withOne();
    const found = valueOf(await api.send('GET', one, { headers: accept }));
    expect(found).to.deep.include({ kind: 'ConfigMap', apiVersion: 'v1', data: { a: '1' } });
  });

  it('has lists, whose items do not say what they are', async () => {
    const api = await withOne();
    const list = valueOf(await api.send('GET', collection, { headers: accept }));
    expect(list).to.include({ kind: 'ConfigMapList', apiVersion: 'v1' });
    expect(list).to.have.nested.property('items[0].metadata.name', 'one');
    expect(list).to.not.have.nested.property('items[0].kind');
  });

  it('has lists of metadata, whose items do', async () => {
    const api = await withOne();
    const headers = metadataForm('PartialObjectMetadataList');
    const list = valueOf(await api.send('GET', collection, { headers }));
    expect(list).to.have.property('apiVersion', 'meta.k8s.io/v1');
    expect(list).to.have.nested.property('items[0].kind', 'PartialObjectMetadata');
    expect(list).to.not.have.nested.property('items[0].data');
  });

  it('tells a list of nothing from a list of metadata of nothing', async () => {
    const plain = valueOf(await withCbor().send('GET', collection, { headers: accept }));
    expect(plain).to.have.property('items').that.deep.equals([]);
    const headers = metadataForm('PartialObjectMetadataList');
    const partial = valueOf(await withCbor().send('GET', collection, { headers }));
    expect(partial).to.have.property('items', null);
  });

  it('has metadata alone', async () => {
    const api = await withOne();
    const headers = metadataForm('PartialObjectMetadata');
    const found = valueOf(await api.send('GET', one, { headers }));
    expect(found).to.have.nested.property('metadata.name', 'one');
    expect(found).to.not.have.property('data');
  });

  it('has no tables', async () => {
    const api = await withOne();
    const answer = await api.send('GET', one, { headers: metadataForm('Table') });
    expect(answer?.status).to.equal(406);
    expect(answer?.headers['content-type']).to.equal('application/json');
  });

  it('has errors', async () => {
    const answer = await withCbor().send('GET', one, { headers: accept });
    expect(valueOf(answer)).to.include({ code: 404, reason: 'NotFound' });
  });

  it('has discovery', async () => {
    const found = valueOf(await withCbor().send('GET', '/api/v1', { headers: accept }));
    expect(found).to.have.nested.property('resources[0].name', 'configmaps');
  });

  it('has watches: one document after the other', async () => {
    const api = withCbor();
    const metadata = { name: 'one', resourceVersion: '7' };
    const added: ObjectEvent<ConfigMap> = {
      type: 'ADDED',
      revision: 7,
      snapshot: represent({ kind: 'ConfigMap', apiVersion: 'v1', metadata }),
      encoded: (_, make) => make(added),
    };
    api.configMaps.events = [added, { type: 'BOOKMARK', revision: 8, initialEventsEnd: false }];
    const answer = await api.send('GET', `${collection}?watch=1`, { headers: accept });
    expect(answer?.headers['content-type']).to.equal('application/cbor-seq');
    const object = (resourceVersion: string, name?: string) =>
      encodeCborValue({
        kind: 'ConfigMap',
        apiVersion: 'v1',
        metadata: { ...(name === undefined ? {} : { name }), resourceVersion },
      });
    expect(answer?.bytes).to.deep.equal(
      Buffer.concat([
        cborWatchFrame('ADDED', object('7', 'one')),
        cborWatchFrame('BOOKMARK', object('8')),
      ]),
    );
  });

  it('is what is applied', async () => {
    const api = withCbor();
    const headers = { 'content-type': 'application/apply-patch+cbor' };
    const object = { kind: 'ConfigMap', apiVersion: 'v1', metadata: { name: 'one' } };
    const body = encodeCborValue({ ...object, data: { a: '2' } });
    const answer = await api.send('PATCH', `${one}?fieldManager=m`, { headers, body });
    expect(answer?.status).to.equal(201);
    expect(api.configMaps.objects.get('a/one')).to.deep.include({ data: { a: '2' } });
  });

  it('is not applied when it is no object', async () => {
    const headers = { 'content-type': 'application/apply-patch+cbor' };
    const refused = async (body: Uint8Array): Promise<string> => {
      const answer = await withCbor().send('PATCH', `${one}?fieldManager=m`, { headers, body });
      expect(answer?.status).to.equal(400);
      return answer?.text ?? '';
    };
    expect(await refused(encodeCborValue([1]))).to.include(
      'error decoding patch: cbor: cannot unmarshal array into Go value of type map[string]interface {}',
    );
    // What is wrong in it is told first.
    expect(await refused(Buffer.from('81a10102', 'hex'))).to.include(
      'error decoding patch: cbor: cannot unmarshal positive integer into Go value of type string',
    );
  });

  it('is what delete options come in', async () => {
    const api = await withOne();
    const remove = (uid: string) =>
      api.send('DELETE', one, {
        headers: sent,
        body: encodeCborValue({ dryRun: ['Some'], preconditions: { uid } }),
      });
    expect((await remove('u'))?.status).to.equal(422);
    const answer = await api.send('DELETE', one, { headers: sent, body: Buffer.from('ff', 'hex') });
    expect(answer?.text).to.include(
      'unable to determine group/version/kind: cbor: unexpected \\"break\\" code',
    );
  });
});

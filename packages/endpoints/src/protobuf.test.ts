import type { ConfigMap } from '@keelson/kubernetes-api/core/v1';
import type { ObjectEvent } from '@keelson/rest-interfaces';
import { kindSchema, schemaOf, type TypeSchema } from '@keelson/kubernetes-api';
import { encodeProtobuf, parseProtobuf } from '@keelson/serialization';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { ApiFixture, type Answer } from './testing/api-fixture.ts';
import { represent } from './testing/config-map-storage.ts';

const protobuf = 'application/vnd.kubernetes.protobuf';
const collection = '/api/v1/namespaces/a/configmaps';
const one = `${collection}/one`;
const accept = { accept: protobuf };
const configMap = schemaOf('core/v1.ConfigMap');
const metadataForm = (as: string) => ({ accept: `${protobuf};as=${as};g=meta.k8s.io;v=v1` });

function messageOf(answer: Answer | undefined, typeId: string): Record<string, unknown> {
  expect(answer?.headers['content-type']).to.equal(protobuf);
  return parseProtobuf(answer?.bytes ?? new Uint8Array(), schemaOf(typeId));
}

async function withOne(): Promise<ApiFixture> {
  const api = new ApiFixture();
  await api.send('POST', collection, {
    headers: { 'content-type': protobuf },
    body: encodeProtobuf(
      { kind: 'ConfigMap', apiVersion: 'v1', metadata: { name: 'one' }, data: { a: '1' } },
      configMap,
    ),
  });
  return api;
}

/** The documents of the events in a protobuf stream, whose lengths go before them. */
function eventsOf(bytes: Uint8Array): readonly { type: unknown; object: unknown }[] {
  const events: { type: unknown; object: unknown }[] = [];
  const stream = Buffer.from(bytes);
  for (let at = 0; at < stream.length;) {
    const length = stream.readUInt32BE(at);
    const event = stream.subarray(at + 4, at + 4 + length);
    // A type of few letters, then the document in two messages whose lengths take one byte or two.
    const typeEnd = 2 + (event[1] ?? 0);
    const object = event.subarray(event.indexOf('k8s\0'));
    events.push({
      type: event.toString('utf8', 2, typeEnd),
      object: parseProtobuf(object, configMap),
    });
    at += 4 + length;
  }
  return events;
}

describe('Protobuf', () => {
  it('is what objects come in and go out in', async () => {
    const api = await withOne();
    const found = messageOf(await api.send('GET', one, { headers: accept }), configMap.id);
    expect(found).to.deep.include({ kind: 'ConfigMap', apiVersion: 'v1', data: { a: '1' } });
  });

  it('has lists', async () => {
    const api = await withOne();
    const list = messageOf(
      await api.send('GET', collection, { headers: accept }),
      'core/v1.ConfigMapList',
    );
    expect(list).to.have.nested.property('items[0].metadata.name', 'one');
    expect(list).to.have.property('kind', 'ConfigMapList');
  });

  it('has lists of metadata', async () => {
    const api = await withOne();
    const headers = metadataForm('PartialObjectMetadataList');
    const list = messageOf(
      await api.send('GET', collection, { headers }),
      'meta/v1.PartialObjectMetadataList',
    );
    expect(list).to.have.nested.property('items[0].metadata.name', 'one');
    expect(list).to.have.property('apiVersion', 'meta.k8s.io/v1');
  });

  it('has metadata alone', async () => {
    const api = await withOne();
    const headers = metadataForm('PartialObjectMetadata');
    const found = messageOf(
      await api.send('GET', one, { headers }),
      'meta/v1.PartialObjectMetadata',
    );
    expect(found).to.have.nested.property('metadata.name', 'one');
  });

  it('has no list in the form of one object', async () => {
    const api = await withOne();
    const headers = metadataForm('PartialObjectMetadata');
    expect((await api.send('GET', collection, { headers }))?.status).to.equal(406);
  });

  it('has no tables', async () => {
    const api = await withOne();
    const answer = await api.send('GET', one, { headers: metadataForm('Table') });
    expect(answer?.status).to.equal(406);
    expect(answer?.headers['content-type']).to.equal('application/json');
  });

  it('has errors', async () => {
    const answer = await new ApiFixture().send('GET', one, { headers: accept });
    expect(answer?.status).to.equal(404);
    expect(messageOf(answer, 'meta/v1.Status')).to.include({ code: 404, reason: 'NotFound' });
  });

  it('has watches', async () => {
    const api = new ApiFixture();
    const metadata = { name: 'one', resourceVersion: '7' };
    const added: ObjectEvent<ConfigMap> = {
      type: 'ADDED',
      revision: 7,
      snapshot: represent({ kind: 'ConfigMap', apiVersion: 'v1', metadata }),
      encoded: (_, make) => make(added),
    };
    api.configMaps.events = [added, { type: 'BOOKMARK', revision: 8, initialEventsEnd: false }];
    const answer = await api.send('GET', `${collection}?watch=1`, { headers: accept });
    expect(answer?.headers['content-type']).to.equal(`${protobuf};stream=watch`);
    const events = eventsOf(answer?.bytes ?? new Uint8Array());
    expect(events.map(({ type }) => type)).to.deep.equal(['ADDED', 'BOOKMARK']);
    expect(events[0]?.object).to.have.nested.property('metadata.name', 'one');
    expect(events[1]?.object).to.have.nested.property('metadata.resourceVersion', '8');
  });

  const discovery: readonly (readonly [
    path: string,
    schema: TypeSchema | undefined,
    kind: string,
    form?: string,
  ])[] = [
    ['/api', schemaOf('meta/v1.APIVersions'), 'APIVersions'],
    ['/apis', schemaOf('meta/v1.APIGroupList'), 'APIGroupList'],
    ['/api/v1', schemaOf('meta/v1.APIResourceList'), 'APIResourceList'],
    [
      '/api',
      kindSchema({ group: 'apidiscovery.k8s.io', version: 'v2', kind: 'APIGroupDiscoveryList' }),
      'APIGroupDiscoveryList',
      ';g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList',
    ],
  ];
  for (const [path, schema, kind, form = ''] of discovery)
    it(`has discovery: ${path}${form}`, async () => {
      const answer = await new ApiFixture().send('GET', path, {
        headers: { accept: protobuf + form },
      });
      expect(answer?.headers['content-type']).to.equal(protobuf + form);
      expect(schema).to.not.equal(undefined);
      if (schema !== undefined)
        expect(parseProtobuf(answer?.bytes ?? new Uint8Array(), schema)).to.have.property(
          'kind',
          kind,
        );
    });
});

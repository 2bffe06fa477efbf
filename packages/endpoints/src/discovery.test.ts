import type { Storage } from '@keelson/rest-interfaces';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { ApiFixture } from './testing/api-fixture.ts';

const accept = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';
const eviction: Storage = {
  kind: { group: 'policy', version: 'v1', kind: 'Eviction' },
  namespaced: true,
  typeId: 'policy/v1.Eviction',
};
const creating = { ...eviction, create: () => Promise.reject(new Error('not in this test')) };
const api = new ApiFixture([], { 'configmaps/eviction': creating, 'configmaps/nothing': eviction });
const get = async (path: string, headers: Record<string, string> = {}) => {
  const answer = await api.send('GET', path, { headers });
  if (answer === undefined) throw new Error(`${path} is not served`);
  return answer;
};

describe('Discovery', () => {
  it('lists what storages can do', async () => {
    const { resources } = JSON.parse((await get('/api/v1')).text);
    expect(
      resources.map(
        ({ name, verbs }: { name: string; verbs: string[] }) => `${name} ${verbs.join()}`,
      ),
    ).to.deep.equal([
      'configmaps create,delete,deletecollection,get,list,patch,update,watch',
      'configmaps/eviction create',
      'configmaps/nothing ',
    ]);
    expect(resources[1]).to.include({
      group: 'policy',
      version: 'v1',
      kind: 'Eviction',
      singularName: '',
    });
    expect(resources[0])
      .to.include({ kind: 'ConfigMap', singularName: 'configmap' })
      .and.not.have.property('group');
  });

  it('gives everything in one document, to who accepts that at all', async () => {
    const { headers, text } = await get('/api', { accept: `application/json,${accept};q=0.1` });
    expect(headers['content-type']).to.equal(accept);
    const [{ versions }] = JSON.parse(text).items;
    const [resource] = versions[0].resources;
    expect(resource.responseKind).to.deep.equal({ group: '', version: '', kind: 'ConfigMap' });
    expect(resource.subresources[0]).to.deep.equal({
      subresource: 'eviction',
      responseKind: eviction.kind,
      verbs: ['create'],
    });
  });

  it('gives it in YAML', async () => {
    const { headers, text } = await get('/api', { accept: accept.replace('json', 'yaml') });
    expect(headers['content-type']).to.equal(accept.replace('json', 'yaml'));
    expect(text).to.match(/^apiVersion: apidiscovery.k8s.io\/v2\n/);
  });

  it('does not give it again to who has it', async () => {
    const { headers } = await get('/api', { accept });
    const again = await get('/api', { accept, 'if-none-match': String(headers['etag']) });
    expect(again.status).to.equal(304);
    expect(again.text).to.equal('');
    expect((await get('/api', { accept, 'if-none-match': '"x"' })).status).to.equal(200);
  });

  const refused: readonly (readonly [path: string, accept: string, status: number])[] = [
    ['/api', 'text/html', 406],
    ['/api/v1', 'application/*', 406],
    ['/apis', 'application/*', 200],
    ['/apis', 'text/html', 406],
    ['/api/v1', accept, 406],
    ['/api', accept.replace('v2', 'v2beta1'), 406],
    ['/api/v9', 'application/json', 404],
  ];
  for (const [path, accepted, status] of refused) {
    it(`answers ${path} with ${status} for who accepts ${accepted}`, async () => {
      expect((await get(path, { accept: accepted })).status).to.equal(status);
    });
  }

  it('is only read, but where upstream’s aggregator answers', async () => {
    expect((await api.send('POST', '/api/v1'))?.status).to.equal(405);
    expect((await api.send('POST', '/apis'))?.status).to.equal(200);
  });
});

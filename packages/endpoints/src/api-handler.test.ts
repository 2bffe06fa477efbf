import { forbiddenError } from '@keelson/api-machinery';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { ApiFixture } from './testing/api-fixture.ts';

const collection = '/api/v1/namespaces/a/configmaps';
const one = `${collection}/one`;
const merge = { 'content-type': 'application/merge-patch+json' };
const table = { accept: 'application/json;as=Table;g=meta.k8s.io;v=v1' };

async function withOne(): Promise<ApiFixture> {
  const api = new ApiFixture();
  await api.send('POST', collection, { body: { metadata: { name: 'one' }, data: { a: '1' } } });
  return api;
}

describe('The API', () => {
  const methods: readonly (readonly [path: string, statuses: Readonly<Record<string, number>>])[] =
    [
      [collection, { GET: 200, POST: 201, PUT: 405, PATCH: 405, DELETE: 200, HEAD: 405, FOO: 405 }],
      [`${collection}/`, { GET: 200, POST: 201, PUT: 405 }],
      [one, { GET: 200, POST: 405, PUT: 200, PATCH: 200, DELETE: 200, HEAD: 405 }],
      [`${one}/`, { GET: 200, POST: 405 }],
      [`${one}/status`, { GET: 404, PUT: 404 }],
      [`${one}/a/b`, { GET: 404 }],
      ['/api/v1/configmaps', { GET: 200, POST: 405, DELETE: 405 }],
      ['/api/v1/configmaps/one', { GET: 404, PUT: 404, DELETE: 404 }],
      ['/api/v1/namespaces//configmaps', { GET: 200, DELETE: 400 }],
      [`${collection}//one`, { GET: 404 }],
      ['/api/v1/namespaces/a%2Fconfigmaps', { GET: 200 }],
      ['/api/v1/watch/configmaps', { GET: 200, POST: 405, DELETE: 405 }],
      ['/api/v1/watch/namespaces/a/configmaps', { GET: 200, POST: 405, DELETE: 405 }],
      [
        '/api/v1/watch/namespaces/a/configmaps/one',
        { GET: 200, PUT: 405, PATCH: 405, DELETE: 405 },
      ],
      ['/api/v1/proxy/namespaces/a/configmaps/one', { GET: 404, PUT: 404, DELETE: 404 }],
      ['/api/v1/nothings', { GET: 404, POST: 404 }],
      ['/api/v2', { GET: 404 }],
    ];
  for (const [path, statuses] of methods) {
    for (const [method, status] of Object.entries(statuses)) {
      it(`answers ${method} ${path} with ${status}`, async () => {
        const api = await withOne();
        const body =
          method === 'PATCH' ? {} : { metadata: { name: method === 'POST' ? 'new' : 'one' } };
        const headers = method === 'PATCH' ? merge : {};
        const answer = await api.send(method, path, {
          headers,
          ...(['POST', 'PUT', 'PATCH'].includes(method) ? { body } : {}),
        });
        expect(answer?.status).to.equal(status);
      });
    }
  }

  for (const path of [
    '/apis/none/v1/x',
    '/apis//v1/configmaps',
    '/apis/v1/configmaps',
    '/apis/none',
    '/healthz',
  ])
    it(`has nothing to say of ${path}`, async () => {
      expect(await new ApiFixture().send('GET', path)).to.equal(undefined);
    });

  it('never reads another namespace than the path’s', async () => {
    const api = await withOne();
    for (const name of ['..%2Fa%2Fconfigmaps%2Fone', '%2e%2e/a/one', 'a%2Fone', 'one%00'])
      await api.send('GET', `/api/v1/namespaces/b/configmaps/${name}`);
    expect(
      api.configMaps.asked.filter(({ verb }) => verb === 'get').map(({ namespace }) => namespace),
    ).to.not.include('a');
  });

  const bodies: readonly (readonly [
    method: string,
    path: string,
    metadata: object,
    message: string,
  ])[] = [
    [
      'POST',
      collection,
      { name: 'x', namespace: 'b' },
      'the namespace of the provided object does not match the namespace sent on the request',
    ],
    [
      'PUT',
      one,
      { name: 'one', namespace: 'b' },
      'the namespace of the provided object does not match the namespace sent on the request',
    ],
    [
      'PUT',
      one,
      { name: 'two' },
      'the name of the object (two) does not match the name on the URL (one)',
    ],
    [
      'PUT',
      one,
      {},
      'the name of the object (one based on URL) was undeterminable: name must be provided',
    ],
    [
      'PATCH',
      one,
      { name: 'two' },
      'the name of the object (two) does not match the name on the URL (one)',
    ],
  ];
  for (const [method, path, metadata, message] of bodies) {
    it(`refuses ${method} of ${JSON.stringify(metadata)}`, async () => {
      const api = await withOne();
      const answer = await api.send(method, path, {
        body: { metadata },
        headers: method === 'PATCH' ? merge : {},
      });
      expect(answer?.status).to.equal(400);
      expect(JSON.parse(answer?.text ?? '').message).to.equal(message);
    });
  }

  it('does not let a client say what only the server says', async () => {
    const api = new ApiFixture();
    const metadata = {
      name: 'x',
      uid: 'u',
      creationTimestamp: '2020-01-01T00:00:00Z',
      selfLink: '/x',
      deletionGracePeriodSeconds: 1,
    };
    await api.send('POST', collection, { body: { metadata } });
    const stored = api.configMaps.objects.get('a/x')?.metadata ?? {};
    expect(stored).to.not.have.any.keys(
      'creationTimestamp',
      'selfLink',
      'deletionGracePeriodSeconds',
    );
    expect(stored).to.have.property('uid').that.does.not.equal('u');
  });

  it('asks admission of every write, and of no read', async () => {
    const seen: string[] = [];
    const api = new ApiFixture([
      {
        name: 'Spy',
        admit: ({ operation, namespace, name }) =>
          Promise.resolve(void seen.push(`${operation} ${namespace}/${name}`)),
        validate: ({ operation }) => Promise.resolve(void seen.push(`validate ${operation}`)),
      },
    ]);
    await api.send('POST', collection, { body: { metadata: { name: 'one' } } });
    await api.send('PUT', one, { body: { metadata: { name: 'one' } } });
    await api.send('PATCH', one, { body: {}, headers: merge });
    await api.send('GET', one);
    await api.send('GET', collection);
    expect(seen).to.deep.equal([
      'CREATE a/one',
      'validate CREATE',
      'UPDATE a/one',
      'validate UPDATE',
      'UPDATE a/one',
      'validate UPDATE',
    ]);
  });

  it('stores nothing that admission refuses', async () => {
    const refuse = () =>
      Promise.reject(forbiddenError({ group: '', resource: 'configmaps' }, 'x', 'no'));
    const api = new ApiFixture([{ name: 'No', validate: refuse }]);
    const answer = await api.send('POST', collection, { body: { metadata: { name: 'x' } } });
    expect(answer?.status).to.equal(403);
    expect(api.configMaps.objects.size).to.equal(0);
  });

  it('does not swallow a fault of its own', async () => {
    const api = new ApiFixture([
      { name: 'Broken', admit: () => Promise.reject(new TypeError('oops')) },
    ]);
    const failed = await api.send('POST', collection, { body: {} }).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(failed).to.be.instanceOf(TypeError);
  });

  const errors: readonly (readonly [accept: string, type: string, start: string])[] = [
    ['application/json', 'application/json', '{"kind":"Status"'],
    ['application/yaml', 'application/yaml', 'apiVersion: v1\n'],
    ['text/html,application/yaml', 'application/yaml', 'apiVersion: v1\n'],
    ['text/html', 'application/json', '{\n  "kind": "Status"'],
    [table.accept, 'application/json', '{\n  "kind": "Status"'],
  ];
  for (const [accept, type, start] of errors) {
    it(`writes an error as ${type} for who accepts ${accept}`, async () => {
      const answer = await new ApiFixture().send('GET', '/api/v1/nothings', {
        headers: { accept },
      });
      expect(answer?.headers['content-type']).to.equal(type);
      expect(answer?.text.slice(0, start.length)).to.equal(start);
    });
  }

  it('says as its router what it does not have, and otherwise what it does', async () => {
    const api = await withOne();
    const said = async (
      method: string,
      path: string,
      headers: Record<string, string>,
      body?: object,
    ) =>
      JSON.parse((await api.send(method, path, { headers, ...(body ? { body } : {}) }))?.text ?? '')
        .message;
    expect(await said('GET', one, { accept: 'text/html' })).to.equal(
      '406: Not Acceptable\n\nAvailable representations: application/json, application/yaml, application/vnd.kubernetes.protobuf',
    );
    expect(await said('GET', collection, { accept: 'application/*' })).to.contain(
      'application/json;stream=watch',
    );
    expect(await said('GET', one, { accept: 'application/json;as=X;g=meta.k8s.io;v=v1' })).to.equal(
      'only the following media types are accepted: application/json, application/yaml, application/vnd.kubernetes.protobuf',
    );
    expect(await said('POST', collection, { accept: 'text/html' })).to.match(
      /^415: Unsupported Media Type/,
    );
    expect(await said('PATCH', one, { 'content-type': 'application/json' }, {})).to.equal(
      '415: Unsupported Media Type',
    );
    expect(await said('POST', collection, { 'content-type': 'text/plain' }, {})).to.contain(
      'unknown format',
    );
  });

  it('writes what a client sent as no page, wherever it appears', async () => {
    const api = await withOne();
    const answer = await api.send('GET', `${collection}/%3Cscript%3E`, {
      headers: { accept: 'text/html' },
    });
    expect(answer?.text).to.not.contain('<');
  });

  it('shows an object as a table, as its metadata, and as it is', async () => {
    const api = await withOne();
    const cells = JSON.parse(
      (await api.send('GET', `${collection}?includeObject=None`, { headers: table }))?.text ?? '',
    );
    expect(cells.rows).to.deep.equal([{ cells: ['one'], object: null }]);
    const accept = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';
    const partial = JSON.parse(
      (await api.send('GET', collection, { headers: { accept } }))?.text ?? '',
    );
    expect(partial.items[0]).to.have.keys('kind', 'apiVersion', 'metadata');
    const unfit = await api.send('GET', one, { headers: { accept } });
    expect(unfit?.status).to.equal(406);
  });

  it('lists the metadata of nothing as upstream does', async () => {
    const accept = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';
    const answer = await new ApiFixture().send('GET', collection, { headers: { accept } });
    expect(JSON.parse(answer?.text ?? '')).to.have.property('items', null);
  });

  it('deletes only what a path names', async () => {
    const api = await withOne();
    expect((await api.send('DELETE', '/api/v1/namespaces//configmaps'))?.status).to.equal(400);
    expect(api.configMaps.asked.map(({ verb }) => verb)).to.not.include('deletecollection');
  });
});

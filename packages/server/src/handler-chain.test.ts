import { badRequestError } from '@keelson/api-machinery';
import { servedMediaTypes, type ApiRequest, type ApiResponse } from '@keelson/endpoints';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { ServerOptions } from './server-options.ts';
import { openTestServer } from './testing/test-server.ts';

const answer = (status: number, body: string): ApiResponse => ({
  status,
  headers: { 'content-type': 'text/plain' },
  body: Buffer.from(body),
});
const api = (
  handle: (request: ApiRequest) => Promise<ApiResponse | undefined> | ApiResponse | undefined,
): Partial<ServerOptions> => ({ api: async (request) => handle(request) });
const message = (body: Buffer): unknown =>
  (JSON.parse(body.toString()) as { message: unknown }).message;

describe('the handler chain', () => {
  const cases: readonly {
    name: string;
    path: string;
    options?: Partial<ServerOptions>;
    method?: string;
    status: number;
    body: string | RegExp;
  }[] = [
    {
      name: 'answers what nothing serves with text',
      path: '/nothing',
      status: 404,
      body: '404 page not found\n',
    },
    {
      name: 'answers a path that the API does not know with text',
      path: '/apis/none',
      options: api(() => undefined),
      status: 404,
      body: '404 page not found\n',
    },
    {
      name: 'answers an unknown path of the core group with a Status',
      path: '/api/v9',
      options: api(() => undefined),
      status: 404,
      body: /could not find the requested resource/,
    },
    {
      name: 'does not take a path with an empty segment for another',
      path: '//api/v1',
      status: 404,
      body: '404 page not found\n',
    },
    { name: 'refuses a path that is none', path: '/api/%zz', status: 400, body: '400 Bad Request' },
    {
      name: 'lists its paths',
      path: '/',
      status: 200,
      body: /"\/api",\n {4}"\/healthz",\n {4}"\/healthz\/ping"/,
    },
    { name: 'tells its version', path: '/version', status: 200, body: '{\n  "major": "1"\n}' },
    {
      name: 'allows only GET of the version',
      path: '/version',
      method: 'POST',
      status: 405,
      body: /does not allow this method/,
    },
    {
      name: 'refuses wrong credentials',
      path: '/api',
      options: { authenticate: () => Promise.resolve(undefined) },
      status: 401,
      body: /"message":"Unauthorized","reason":"Unauthorized","code":401/,
    },
    {
      name: 'refuses who may not',
      path: '/api/v1/namespaces/x/pods/y/log',
      options: { authorize: () => Promise.resolve({ verdict: 'no opinion' }) },
      status: 403,
      body: /pods \\"y\\" is forbidden: User \\"tester\\" cannot get resource \\"pods\/log\\" in API group \\"\\" in the namespace \\"x\\""/,
    },
    {
      name: 'gives the reason of a refusal',
      path: '/x',
      options: { authorize: () => Promise.resolve({ verdict: 'deny', reason: 'so there' }) },
      status: 403,
      body: /"forbidden: User \\"tester\\" cannot get path \\"\/x\\": so there"/,
    },
    {
      name: 'answers a StatusError that is thrown',
      path: '/api',
      options: api(() => {
        throw badRequestError('not so');
      }),
      status: 400,
      body: /"message":"not so","reason":"BadRequest","code":400/,
    },
    {
      name: 'refuses a timeout that is none',
      path: '/api?timeout=x',
      status: 400,
      body: /invalid timeout specified in the request URL - time: invalid duration \\"x\\"/,
    },
    {
      name: 'ends a request when its time is up',
      path: '/api?timeout=1ms',
      options: api(() => new Promise<never>(() => undefined)),
      status: 504,
      body: '{"metadata":{},"status":"Failure","message":"Timeout: request did not complete within the allotted timeout","reason":"Timeout","details":{},"code":504}\n',
    },
  ];
  for (const { name, path, options, method, status, body } of cases) {
    it(name, async () => {
      await using server = await openTestServer(options);
      const got = await server.get(path, { method });
      expect(got.status).to.equal(status);
      if (typeof body === 'string') expect(got.body.toString()).to.equal(body);
      else expect(got.body.toString()).to.match(body);
    });
  }

  it('refuses in CBOR where that is served', async () => {
    const headers = { accept: 'application/cbor' };
    const authenticate = () => Promise.resolve(undefined);
    await using having = await openTestServer({ authenticate, served: servedMediaTypes(true) });
    await using without = await openTestServer({ authenticate });
    const types = await Promise.all(
      [having, without].map(async (server) => (await server.get('/api', { headers })).headers),
    );
    expect(types.map((found) => found['content-type'])).to.deep.equal([
      'application/cbor',
      'application/json',
    ]);
  });

  it('survives a fault, logs it, and tells the client nothing but the audit id', async () => {
    let faults = 0;
    await using server = await openTestServer(
      api(() => {
        if (faults++ === 0) throw new TypeError('secret of ours');
        return answer(200, 'fine');
      }),
    );
    const failed = await server.get('/api', { headers: { 'audit-id': 'abc' } });
    expect(failed.status).to.equal(500);
    expect(message(failed.body))
      .to.match(/audit id abc/)
      .and.not.match(/secret/);
    expect(server.log.map(({ auditId, msg }) => ({ auditId, msg }))).to.deep.equal([
      { auditId: 'abc', msg: 'a request failed' },
    ]);
    expect((await server.get('/api')).body.toString()).to.equal('fine');
  });

  it('echoes a client’s audit id, and makes one for who brings none', async () => {
    await using server = await openTestServer();
    expect(
      (await server.get('/api', { headers: { 'audit-id': 'mine' } })).headers['audit-id'],
    ).to.equal('mine');
    expect((await server.get('/api')).headers['audit-id']).to.match(/^[0-9a-f-]{36}$/);
  });

  it('forbids caches unless a handler says otherwise', async () => {
    const headersOf: Readonly<Record<string, ApiResponse['headers']>> = {
      '/apis': { 'cache-control': 'public' },
    };
    await using server = await openTestServer(
      api(({ path }) => ({ status: 200, headers: headersOf[path] ?? {}, body: undefined })),
    );
    expect((await server.get('/api')).headers['cache-control']).to.equal('no-cache, private');
    expect((await server.get('/apis')).headers['cache-control']).to.equal('public');
  });

  it('shows handlers no credentials', async () => {
    let seen: ApiRequest['headers'] = {};
    await using server = await openTestServer(
      api(({ headers }) => {
        seen = headers;
        return answer(200, '');
      }),
    );
    await server.get('/api', {
      headers: {
        authorization: 'Bearer t',
        'x-remote-user': 'root',
        'x-remote-extra-a': 'b',
        accept: 'a/b',
      },
    });
    expect(seen).to.not.have.any.keys('authorization', 'x-remote-user', 'x-remote-extra-a');
    expect(seen['accept']).to.equal('a/b');
  });

  it('leaves malformed pairs out of the query', async () => {
    await using server = await openTestServer(api(({ query }) => answer(200, query.toString())));
    expect((await server.get('/api?a=%zz&b=1&c=2;d=3&e=%20')).body.toString()).to.equal('b=1&e=+');
  });

  it('aborts the signal of a request whose client is gone', async () => {
    const seen = Promise.withResolvers<void>();
    const aborted = Promise.withResolvers<void>();
    await using server = await openTestServer(
      api(async ({ signal }) => {
        signal.addEventListener('abort', () => aborted.resolve());
        seen.resolve();
        await aborted.promise;
        return answer(200, '');
      }),
    );
    const session = server.connect();
    const stream = session.request({ ':path': '/api' });
    stream.on('error', () => undefined);
    await seen.promise;
    stream.close(8);
    await aborted.promise;
  });

  it('indents errors for people', async () => {
    await using server = await openTestServer({ authenticate: () => Promise.resolve(undefined) });
    expect(
      (await server.get('/api', { headers: { 'user-agent': 'curl/8' } })).body.toString(),
    ).to.match(/^{\n {2}"kind": "Status"/);
  });
});

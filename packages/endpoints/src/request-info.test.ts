import { expect } from 'chai';
import { describe, it } from 'mocha';
import { parseRequestInfo, type RequestInfo } from './request-info.ts';

/** `verb group/version namespace resource/subresource name`, with a dash for nothing. */
function summary({ verb, group, version, namespace, resource, subresource, name }: RequestInfo) {
  const parts = [verb, `${group}/${version}`, namespace, `${resource}/${subresource}`, name];
  return parts.map((part) => part || '-').join(' ');
}

describe('A request', () => {
  const resources: readonly (readonly [request: string, summary: string])[] = [
    ['GET /api/v1/pods', 'list /v1 - pods/ -'],
    ['GET /api/v1/namespaces/a/pods', 'list /v1 a pods/ -'],
    ['GET /api/v1/namespaces/a/pods?watch=1', 'watch /v1 a pods/ -'],
    ['GET /api/v1/namespaces/a/pods?watch', 'watch /v1 a pods/ -'],
    ['GET /api/v1/namespaces/a/pods?watch=FALSE', 'list /v1 a pods/ -'],
    ['GET /api/v1/namespaces/a/pods?watch=0', 'list /v1 a pods/ -'],
    ['GET /api/v1/namespaces/a/pods/p?watch=1', 'get /v1 a pods/ p'],
    ['HEAD /api/v1/namespaces/a/pods', 'list /v1 a pods/ -'],
    ['POST /api/v1/namespaces/a/pods', 'create /v1 a pods/ -'],
    ['PUT /api/v1/namespaces/a/pods/p', 'update /v1 a pods/ p'],
    ['PATCH /api/v1/namespaces/a/pods/p/status', 'patch /v1 a pods/status p'],
    ['DELETE /api/v1/namespaces/a/pods', 'deletecollection /v1 a pods/ -'],
    ['DELETE /api/v1/namespaces/a/pods/p', 'delete /v1 a pods/ p'],
    ['POST /api/v1/namespaces/a/pods/p/binding', 'create /v1 a pods/binding p'],
    ['GET /api/v1/namespaces', 'list /v1 - namespaces/ -'],
    ['GET /api/v1/namespaces/a', 'get /v1 a namespaces/ a'],
    ['PUT /api/v1/namespaces/a/finalize', 'update /v1 a namespaces/finalize a'],
    ['PUT /api/v1/namespaces/a/status', 'update /v1 a namespaces/status a'],
    ['GET /apis/apps/v1/namespaces/a/deployments/d/scale', 'get apps/v1 a deployments/scale d'],
    ['GET /api/v1/watch/namespaces/a/pods', 'watch /v1 a pods/ -'],
    ['GET /api/v1/watch/namespaces/a/pods/p', 'watch /v1 a pods/ p'],
    ['POST /api/v1/watch/namespaces/a/pods', 'watch /v1 a pods/ -'],
    ['GET /api/v1/proxy/namespaces/a/pods/p/x', 'proxy /v1 a pods/ p'],
    ['GET /api/v1/namespaces/a/pods/', 'list /v1 a pods/ -'],
    ['GET /api/v1/namespaces//pods', 'list /v1 - pods/ -'],
    ['GET /api/v1/namespaces/a/pods//status', 'list /v1 a pods/status -'],
    ['FOO /api/v1/namespaces/a/pods', '- /v1 a pods/ -'],
    ['GET /api/v1/pods?fieldSelector=metadata.name=p', 'list /v1 - pods/ p'],
    ['GET /api/v1/pods?fieldSelector=metadata.name==p,spec.nodeName=n', 'list /v1 - pods/ p'],
    ['GET /api/v1/pods?fieldSelector=metadata.name!=p', 'list /v1 - pods/ -'],
    ['GET /api/v1/pods?fieldSelector=metadata.name=a\\,b', 'list /v1 - pods/ a,b'],
    ['GET /api/v1/pods?fieldSelector=metadata.name=a/b', 'list /v1 - pods/ -'],
    ['GET /api/v1/pods?fieldSelector=metadata.name=..', 'list /v1 - pods/ -'],
    ['GET /api/v1/pods?fieldSelector=metadata.name=p&limit=x', 'list /v1 - pods/ -'],
    ['GET /api/v1/pods?fieldSelector=metadata.name=p&labelSelector=a===b', 'list /v1 - pods/ -'],
    [
      'DELETE /api/v1/namespaces/a/pods?fieldSelector=metadata.name=p',
      'deletecollection /v1 a pods/ -',
    ],
  ];
  for (const [request, expected] of resources) {
    it(`${request} is about a resource: ${expected}`, () => {
      const [method = '', target = ''] = request.split(' ');
      const [path = '', query = ''] = target.split('?');
      const info = parseRequestInfo(method, path, new URLSearchParams(query));
      expect(info.isResourceRequest).to.equal(true);
      expect(summary(info)).to.equal(expected);
    });
  }

  const others = [
    '/',
    '/api',
    '/api/v1',
    '/api/v1/',
    '/apis/apps',
    '/apis/apps/v1',
    '/healthz',
    '/api/v1/watch',
    '/APIs/apps/v1/x',
    '/apisx/a/b/c',
  ];
  for (const path of others) {
    it(`GET ${path} is about no resource`, () => {
      const { isResourceRequest, verb, resource, name } = parseRequestInfo(
        'GET',
        path,
        new URLSearchParams(),
      );
      expect({ isResourceRequest, verb, resource, name }).to.deep.equal({
        isResourceRequest: false,
        verb: 'get',
        resource: '',
        name: '',
      });
    });
  }

  it('of many slashes takes time in proportion to them', () => {
    const path = `/api/v1/${'/'.repeat(100_000)}x${'/'.repeat(100_000)}`;
    expect(parseRequestInfo('GET', path, new URLSearchParams()).isResourceRequest).to.equal(true);
  });
});

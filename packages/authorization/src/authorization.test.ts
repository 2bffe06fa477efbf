import { expect } from 'chai';
import { describe, it } from 'mocha';
import {
  createAuthorizer,
  type AuthorizationAttributes,
  type Authorizer,
  type Decision,
} from './authorizer.ts';
import { alwaysAllow, alwaysDeny, privilegedGroup } from './built-in.ts';
import { forbiddenMessage } from './forbidden-message.ts';
import { publicInformation } from './public-information.ts';

const anonymous = ['system:unauthenticated'];
const authenticated = ['system:authenticated'];
const request = (
  more: Partial<AuthorizationAttributes> & { groups?: readonly string[] } = {},
): AuthorizationAttributes => ({
  user: { name: 'jane', groups: more.groups ?? authenticated },
  verb: 'get',
  isResourceRequest: true,
  path: '/api/v1/namespaces/x/pods/y',
  group: '',
  version: 'v1',
  resource: 'pods',
  subresource: '',
  namespace: 'x',
  name: 'y',
  ...more,
});
const path = (text: string, groups: readonly string[], verb = 'get') =>
  request({
    isResourceRequest: false,
    path: text,
    groups,
    verb,
    resource: '',
    namespace: '',
    name: '',
  });

describe('authorization', () => {
  const says =
    (decision: Decision): Authorizer =>
    () =>
      Promise.resolve(decision);
  const chains: readonly {
    name: string;
    authorizers: readonly Authorizer[];
    decision: Decision;
  }[] = [
    { name: 'is a no without opinions', authorizers: [], decision: { verdict: 'no opinion' } },
    {
      name: 'goes by the first opinion',
      authorizers: [
        says({ verdict: 'no opinion' }),
        says({ verdict: 'deny', reason: 'r' }),
        alwaysAllow,
      ],
      decision: { verdict: 'deny', reason: 'r' },
    },
    {
      name: 'collects the reasons of those without one',
      authorizers: [says({ verdict: 'no opinion', reason: 'a' }), alwaysDeny],
      decision: { verdict: 'no opinion', reason: 'a\nEverything is forbidden.' },
    },
  ];
  for (const { name, authorizers, decision } of chains) {
    it(name, async () => {
      expect(await createAuthorizer(authorizers)(request())).to.deep.equal(decision);
    });
  }

  it('lets system:masters do everything, and nobody else', async () => {
    expect(
      (await privilegedGroup(request({ groups: ['system:masters'], verb: 'deletecollection' })))
        .verdict,
    ).to.equal('allow');
    expect((await privilegedGroup(request({ groups: ['masters'] }))).verdict).to.equal(
      'no opinion',
    );
  });

  const paths: readonly {
    path: string;
    groups: readonly string[];
    verb?: string;
    allowed: boolean;
  }[] = [
    { path: '/healthz', groups: anonymous, allowed: true },
    { path: '/version', groups: anonymous, allowed: true },
    { path: '/version/', groups: anonymous, allowed: true },
    { path: '/healthz/etcd', groups: anonymous, allowed: false },
    { path: '/healthz/etcd', groups: authenticated, allowed: false },
    { path: '/healthz', groups: anonymous, verb: 'post', allowed: false },
    { path: '/', groups: authenticated, allowed: false },
    { path: '/api', groups: anonymous, allowed: false },
    { path: '/api', groups: authenticated, allowed: true },
    { path: '/apis/apps/v1', groups: authenticated, allowed: true },
    { path: '/openapi/v3', groups: authenticated, allowed: true },
    { path: '/openapiv3', groups: authenticated, allowed: false },
    { path: '/metrics', groups: authenticated, allowed: false },
    { path: '/healthz', groups: [], allowed: false },
  ];
  for (const { path: text, groups, verb, allowed } of paths) {
    it(`${allowed ? 'lets' : 'does not let'} ${groups[0] ?? 'nobody'} ${verb ?? 'get'} ${text}`, async () => {
      expect((await publicInformation(path(text, groups, verb))).verdict).to.equal(
        allowed ? 'allow' : 'no opinion',
      );
    });
  }

  it('lets nobody read resources as public', async () => {
    expect((await publicInformation(request({ path: '/api/v1/secrets' }))).verdict).to.equal(
      'no opinion',
    );
  });

  const messages: readonly {
    name: string;
    attributes: AuthorizationAttributes;
    message: string;
  }[] = [
    {
      name: 'a path',
      attributes: path('/x', anonymous, 'post'),
      message: 'User "jane" cannot post path "/x"',
    },
    {
      name: 'a namespace',
      attributes: request(),
      message: 'User "jane" cannot get resource "pods" in API group "" in the namespace "x"',
    },
    {
      name: 'the cluster',
      attributes: request({
        namespace: '',
        group: 'apps',
        resource: 'deployments',
        subresource: 'scale',
      }),
      message:
        'User "jane" cannot get resource "deployments/scale" in API group "apps" at the cluster scope',
    },
    {
      name: 'what looks like a page',
      attributes: request({ namespace: '<b>&' }),
      message:
        'User "jane" cannot get resource "pods" in API group "" in the namespace "&lt;b&gt;&amp;"',
    },
  ];
  for (const { name, attributes, message } of messages) {
    it(`refuses ${name} in kube-apiserver’s words`, () => {
      expect(forbiddenMessage(attributes)).to.equal(message);
    });
  }
});

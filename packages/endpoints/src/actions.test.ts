import type { KubernetesObject } from '@keelson/api-machinery';
import type { Creater, Storage } from '@keelson/rest-interfaces';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { ApiFixture } from './testing/api-fixture.ts';
import { represent } from './testing/config-map-storage.ts';

const path = '/api/v1/namespaces/a/configmaps/one/eviction';

/** A storage that only takes what it is sent, and notes it. */
function action(
  more: Partial<Storage> = {},
): Storage & Creater & { readonly taken: KubernetesObject[] } {
  const taken: KubernetesObject[] = [];
  return {
    kind: { group: 'policy', version: 'v1', kind: 'Eviction' },
    namespaced: true,
    typeId: 'policy/v1.Eviction',
    taken,
    create: (object) => {
      taken.push(object);
      return Promise.resolve(represent({ metadata: {} }));
    },
    ...more,
  };
}

describe('A storage that is an action', () => {
  it('has POST and nothing else', async () => {
    const api = new ApiFixture([], { 'configmaps/eviction': action(), evictions: action() });
    for (const [method, target, status] of [
      ['POST', path, 201],
      ['GET', path, 405],
      ['DELETE', path, 405],
      ['POST', '/api/v1/namespaces/a/evictions', 201],
      ['GET', '/api/v1/namespaces/a/evictions', 405],
      ['GET', '/api/v1/namespaces/a/evictions/x', 404],
      ['POST', '/api/v1/evictions', 404],
      ['GET', '/api/v1/watch/namespaces/a/evictions', 404],
    ] as const) {
      const sent = method === 'POST' ? { body: { metadata: { name: 'one' } } } : {};
      expect((await api.send(method, target, sent))?.status, `${method} ${target}`).to.equal(
        status,
      );
    }
  });

  it('takes bodies of the versions that it says', async () => {
    const older = { group: 'policy', version: 'v1beta1', kind: 'Eviction' };
    const api = new ApiFixture([], {
      'configmaps/eviction': action({ alsoAccepts: [older] }),
      'configmaps/strict': action(),
    });
    const body = { apiVersion: 'policy/v1beta1', kind: 'Eviction', metadata: { name: 'one' } };
    expect((await api.send('POST', path, { body }))?.status).to.equal(201);
    expect((await api.send('POST', path.replace('eviction', 'strict'), { body }))?.status).to.equal(
      400,
    );
  });

  for (const preservesSystemFields of [true, false])
    it(`${preservesSystemFields ? 'gets' : 'does not get'} the UID of a body that is ${preservesSystemFields ? '' : 'not '}a precondition`, async () => {
      const storage = action({ preservesSystemFields });
      const api = new ApiFixture([], { 'configmaps/eviction': storage });
      await api.send('POST', path, { body: { metadata: { name: 'one', uid: 'u' } } });
      expect(storage.taken[0]?.metadata.uid).to.equal(preservesSystemFields ? 'u' : undefined);
      expect(storage.taken[0]?.metadata.namespace).to.equal('a');
    });
});

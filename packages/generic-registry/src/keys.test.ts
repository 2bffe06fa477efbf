import { expect } from 'chai';
import { describe, it } from 'mocha';
import { createKeys } from './keys.ts';

describe('Keys', () => {
  const namespaced = createKeys('/registry', 'services/specs', true);
  const cluster = createKeys('/registry', 'minions', false);

  const table: readonly { name: string; key: string; is: string }[] = [
    { name: 'an object', key: namespaced.object('a', 'b'), is: '/registry/services/specs/a/b' },
    { name: 'a namespace', key: namespaced.collection('a'), is: '/registry/services/specs/a/' },
    { name: 'all namespaces', key: namespaced.collection(''), is: '/registry/services/specs/' },
    { name: 'a cluster’s object', key: cluster.object('', 'n'), is: '/registry/minions/n' },
    { name: 'a cluster’s objects', key: cluster.collection('x'), is: '/registry/minions/' },
  ];
  for (const { name, key, is } of table) {
    it(`of ${name} are as kube-apiserver’s`, () => {
      expect(key).to.equal(is);
    });
  }

  const refused: readonly { namespace: string; name: string; why: string }[] = [
    { namespace: '', name: 'b', why: 'Namespace parameter required.' },
    { namespace: 'a', name: '', why: 'Name parameter required.' },
    { namespace: 'a', name: '..', why: 'Name parameter invalid: "..": may not be \'..\'' },
    { namespace: 'a', name: 'b/c', why: 'Name parameter invalid: "b/c": may not contain \'/\'' },
    { namespace: '.', name: 'b', why: 'Namespace parameter invalid: ".": may not be \'.\'' },
    {
      namespace: 'a/b%c',
      name: 'b',
      why: "Namespace parameter invalid: \"a/b%c\": may not contain '/', may not contain '%'",
    },
  ];
  for (const { namespace, name, why } of refused) {
    it(`never leave their prefix: ${JSON.stringify([namespace, name])}`, () => {
      expect(() => namespaced.object(namespace, name)).to.throw(why);
    });
  }
});

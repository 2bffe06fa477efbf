import { expect } from 'chai';
import { describe, it } from 'mocha';
import { namespaceLifecycle } from './namespace-lifecycle.ts';
import { lookupIn, refusalOf, write } from './testing/attributes.ts';

const plugin = namespaceLifecycle(
  lookupIn({
    'namespaces//a': { status: { phase: 'Active' } },
    'namespaces//going': { status: { phase: 'Terminating' } },
  }),
);
const namespace = {
  kind: { group: '', version: 'v1', kind: 'Namespace' },
  resource: { group: '', version: 'v1', resource: 'namespaces' },
};
const review = {
  resource: { group: 'authorization.k8s.io', version: 'v1', resource: 'localsubjectaccessreviews' },
};

describe('NamespaceLifecycle', () => {
  const rows: readonly (readonly [
    what: string,
    more: Parameters<typeof write>[0],
    message: string | undefined,
  ])[] = [
    ['a creation', {}, undefined],
    ['a creation in no namespace', { namespace: '' }, undefined],
    ['a creation in a missing namespace', { namespace: 'x' }, 'namespaces "x" not found'],
    [
      'a creation in a namespace that goes away',
      { namespace: 'going' },
      'pods "p" is forbidden: unable to create new content in namespace going because it is being terminated',
    ],
    [
      'an update in a namespace that goes away',
      { namespace: 'going', operation: 'UPDATE' },
      undefined,
    ],
    ['a question about access in a missing namespace', { namespace: 'x', ...review }, undefined],
    ['the creation of a namespace', { ...namespace, namespace: 'x', name: 'x' }, undefined],
    [
      'the deletion of a namespace',
      { ...namespace, operation: 'DELETE', namespace: 'a', name: 'a' },
      undefined,
    ],
    ...['default', 'kube-system', 'kube-public'].map(
      (name) =>
        [
          `the deletion of ${name}`,
          { ...namespace, operation: 'DELETE', namespace: name, name },
          `namespaces "${name}" is forbidden: this namespace may not be deleted`,
        ] as const,
    ),
  ];
  for (const [what, more, message] of rows) {
    it(`${message === undefined ? 'admits' : 'refuses'} ${what}`, async () => {
      expect((await refusalOf(plugin, write(more)))?.message).to.equal(message);
    });
  }

  it('says in the details that the namespace goes away, so that controllers stop trying', async () => {
    const error = await refusalOf(plugin, write({ namespace: 'going' }));
    expect(error?.details?.causes?.[0]).to.deep.equal({
      reason: 'NamespaceTerminating',
      message: 'namespace going is being terminated',
      field: 'metadata.namespace',
    });
  });
});

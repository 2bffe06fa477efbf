import { StatusError, type KubernetesObject } from '@keelson/api-machinery';
import type { Registry } from '@keelson/generic-registry';
import { normalize } from '@keelson/serialization';
import { schemaOf } from '@keelson/kubernetes-api';
import type { RequestContext } from '@keelson/rest-interfaces';

/** Namespaces that every cluster has. Behaviour: controlplane/controller/systemnamespaces. */
const namespaces = ['default', 'kube-system', 'kube-public', 'kube-node-lease'];

const context = (namespace: string): RequestContext => ({
  user: { name: 'system:apiserver', groups: ['system:masters'] },
  namespace,
  warn: () => undefined,
  signal: new AbortController().signal,
});

/** Makes what a cluster starts with, where it is not there. */
export async function createStartObjects(registry: Registry): Promise<void> {
  for (const name of namespaces) await ensure(registry, 'namespaces', '', { metadata: { name } });
}

/** Creates an object of the core group unless it exists. */
export async function ensure(registry: Registry, resource: string, namespace: string, body: { readonly metadata: { readonly name: string } }): Promise<void> {
  const store = registry.store(
    '',
    resource,
  );
  if (store === undefined || (await store.read(namespace, body.metadata.name)) !== undefined) return;
  // Decoded as a client's body would be.
  const object = normalize(body, schemaOf(store.typeId)) as KubernetesObject;
  object.kind = store.kind.kind;
  object.apiVersion = 'v1';
  if (namespace !== '') object.metadata.namespace = namespace;
  store.default?.(object);
  try {
    await store.create(object, { dryRun: false }, context(namespace), '');
  } catch (error) {
    // Another server on the same store may have been faster.
    if (!(error instanceof StatusError) || error.reason !== 'AlreadyExists') throw error;
  }
}

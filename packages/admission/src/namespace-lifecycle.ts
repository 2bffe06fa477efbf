import { forbiddenError, notFoundError, StatusError } from '@keelson/api-machinery';
import type { Namespace } from '@keelson/kubernetes-api/core/v1';
import type { AdmissionAttributes, AdmissionPlugin, ObjectLookup } from './admission.ts';
import { refused } from './forbidden.ts';

/** Namespaces that a cluster cannot do without. */
const immortal = new Set(['default', 'kube-system', 'kube-public']);

/**
 * Nothing is created in a namespace that is not there or is going away, and some namespaces never go.
 * Behaviour: k8s.io/apiserver admission/plugin/namespace/lifecycle, v1.37.
 */
export function namespaceLifecycle(lookup: ObjectLookup): AdmissionPlugin {
  return {
    name: 'NamespaceLifecycle',
    admit: async (attributes) => {
      const { kind, operation, namespace, name, resource } = attributes;
      const isNamespace = kind.group === '' && kind.kind === 'Namespace';
      if (isNamespace && operation === 'DELETE' && immortal.has(name))
        throw forbiddenError(resource, name, 'this namespace may not be deleted');
      if (isNamespace || operation !== 'CREATE' || namespace === '' || isAccessReview(attributes))
        return;
      const found = await lookup<Namespace>('', 'namespaces', '', namespace);
      if (found === undefined)
        throw notFoundError({ group: '', resource: 'namespaces' }, namespace);
      if (found.status.phase === 'Terminating') throw terminating(attributes);
    },
  };
}

/** Whether it exists must not be told to those who ask whether they may see it. */
const isAccessReview = ({ resource }: AdmissionAttributes): boolean =>
  resource.group === 'authorization.k8s.io' && resource.resource === 'localsubjectaccessreviews';

function terminating(attributes: AdmissionAttributes): StatusError {
  const { namespace } = attributes;
  const error = refused(
    attributes,
    `unable to create new content in namespace ${namespace} because it is being terminated`,
  );
  const cause = {
    reason: 'NamespaceTerminating',
    message: `namespace ${namespace} is being terminated`,
    field: 'metadata.namespace',
  };
  return new StatusError({
    code: error.code,
    reason: error.reason,
    message: error.message,
    details: { ...error.details, causes: [cause] },
  });
}

import { nameIsDNSLabel } from '@keelson/api-machinery';
import type { Resource, Strategy } from '@keelson/generic-registry';
import type { Namespace } from '@keelson/kubernetes-api/core/v1';
import { checkPreconditions } from './preconditions.ts';
import { namespaceTable } from './table.ts';
import { validateFinalize, validateNamespace, validateStatus } from './validation.ts';

/** Kubernetes' own finalizer: the namespace controller takes it away when everything in the namespace is gone. */
const finalizer = 'kubernetes';

const strategy: Strategy<Namespace> = {
  namespaced: false,
  validateName: nameIsDNSLabel,
  resetFields: [['status']],
  returnDeletedObject: true,
  prepareForCreate: (namespace) => {
    namespace.status = { phase: 'Active' };
    const finalizers = namespace.spec.finalizers ?? [];
    namespace.spec.finalizers = finalizers.includes(finalizer)
      ? finalizers
      : [...finalizers, finalizer];
  },
  prepareForUpdate: (namespace, old) => {
    namespace.spec = {
      ...namespace.spec,
      ...(old.spec.finalizers ? { finalizers: old.spec.finalizers } : { finalizers: [] }),
    };
    namespace.status = old.status;
  },
  validate: validateNamespace,
  validateUpdate: validateNamespace,
  canonicalize: labelWithName,
  checkPreconditions,
  // It is gone when the finalizers in its spec are, too.
  shouldDeleteDuringUpdate: (namespace) => (namespace.spec.finalizers ?? []).length === 0,
  deferDeletion: (namespace) => {
    const first = namespace.metadata.deletionTimestamp === undefined;
    if (first) namespace.status = { ...namespace.status, phase: 'Terminating' };
    return first || (namespace.spec.finalizers ?? []).length > 0;
  },
};

const statusStrategy: Strategy<Namespace> = {
  ...strategy,
  resetFields: [['spec']],
  prepareForUpdate: (namespace, old) => {
    namespace.spec = old.spec;
  },
  validateUpdate: validateStatus,
};

const finalizeStrategy: Strategy<Namespace> = {
  ...strategy,
  prepareForUpdate: (namespace, old) => {
    namespace.status = old.status;
  },
  validateUpdate: validateFinalize,
};

/** Behaviour: apis/core/v1 SetDefaults_Namespace, SetDefaults_NamespaceStatus, v1.37. */
function defaultNamespace(namespace: Namespace): void {
  labelWithName(namespace);
  namespace.status.phase ||= 'Active';
}

/** Every namespace can be selected by its name. */
function labelWithName(namespace: Namespace): void {
  const { name } = namespace.metadata;
  if (name)
    namespace.metadata.labels = {
      ...namespace.metadata.labels,
      'kubernetes.io/metadata.name': name,
    };
}

/** The complete resource. Behaviour: k8s.io/kubernetes pkg/registry/core/namespace, v1.37. */
export const namespaces: Resource<Namespace> = {
  kind: 'Namespace',
  typeId: 'core/v1.Namespace',
  plural: 'namespaces',
  shortNames: ['ns'],
  strategy,
  default: defaultNamespace,
  deleteCollection: false,
  namespaceSelectable: false,
  selectableFields: {
    names: ['status.phase'],
    of: ({ status }) => ({ 'status.phase': status.phase ?? '' }),
  },
  table: namespaceTable,
  subresources: (store) => {
    const finalize = store.withStrategy(finalizeStrategy);
    const { get: _, ...updateOnly } = finalize;
    return {
      status: store.withStrategy(statusStrategy),
      finalize: { ...updateOnly, update: finalize.update.bind(finalize), default: labelWithName },
    };
  },
};

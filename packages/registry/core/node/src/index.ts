import type { Resource, Strategy } from '@keelson/generic-registry';
import type { Node } from '@keelson/kubernetes-api/core/v1';
import { nodeTable } from './table.ts';
import { validateNode, validateNodeAndUpdate, validateNodeUpdate } from './validation.ts';
import { nodeWarnings } from './warnings.ts';

const strategy: Strategy<Node> = {
  namespaced: false,
  resetFields: [['status']],
  prepareForUpdate: (node, old) => {
    node.status = old.status;
  },
  validate: validateNode,
  validateUpdate: validateNodeAndUpdate,
  warningsOnCreate: nodeWarnings,
  warningsOnUpdate: nodeWarnings,
};

const statusStrategy: Strategy<Node> = {
  namespaced: false,
  resetFields: [['spec']],
  prepareForUpdate: (node, old) => {
    node.spec = old.spec;
    // Dynamic kubelet configuration is gone; what is there stays.
    if (old.status.config === undefined) delete node.status.config;
  },
  validateUpdate: validateNodeUpdate,
};

/** Capacity that a node does not divide is there for pods as it is. Behaviour: SetDefaults_NodeStatus. */
function defaultNode({ status }: Node): void {
  if (status.allocatable === undefined && status.capacity !== undefined)
    status.allocatable = { ...status.capacity };
}

/** The complete resource; its proxy comes with the streams. Behaviour: k8s.io/kubernetes pkg/registry/core/node, v1.37. */
export const nodes: Resource<Node> = {
  kind: 'Node',
  typeId: 'core/v1.Node',
  plural: 'nodes',
  shortNames: ['no'],
  strategy,
  default: defaultNode,
  table: nodeTable,
  storagePrefix: 'minions',
  namespaceSelectable: false,
  selectableFields: {
    names: ['spec.unschedulable'],
    of: ({ spec }) => ({ 'spec.unschedulable': String(spec.unschedulable ?? false) }),
  },
  subresources: (store) => ({ status: store.withStrategy(statusStrategy) }),
};

import type { Resource } from '@keelson/generic-registry';
import type { Node } from '@keelson/kubernetes-api/core/v1';
import { defaultNode } from './defaults.ts';
import { statusStrategy, strategy } from './strategy.ts';
import { nodeTable } from './table.ts';

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

import type { Strategy } from '@keelson/generic-registry';
import type { Node } from '@keelson/kubernetes-api/core/v1';
import { validateNode } from './validation/node.ts';
import { validateNodeUpdate } from './validation/update.ts';
import { nodeWarnings } from './warnings.ts';

/** A node may bring its status along. */
export const strategy: Strategy<Node> = {
  namespaced: false,
  resetFields: [['status']],
  prepareForCreate: ({ spec, status }) => {
    delete spec.configSource;
    delete spec.podPreemptionPolicy;
    delete status.config;
  },
  prepareForUpdate: (node, old) => {
    node.status = old.status;
    if (old.spec.configSource === undefined) delete node.spec.configSource;
    if (old.spec.podPreemptionPolicy === undefined) delete node.spec.podPreemptionPolicy;
  },
  validate: validateNode,
  // As a new object, and as a change.
  validateUpdate: (node, old) => [...validateNode(node), ...validateNodeUpdate(node, old)],
  warningsOnCreate: nodeWarnings,
  warningsOnUpdate: nodeWarnings,
};

/** `nodes/status`. */
export const statusStrategy: Strategy<Node> = {
  namespaced: false,
  resetFields: [['spec']],
  prepareForUpdate: (node, old) => {
    node.spec = old.spec;
    // Dynamic kubelet configuration is gone; what is there stays.
    if (old.status.config === undefined) delete node.status.config;
  },
  validateUpdate: validateNodeUpdate,
};

import type { Node } from '@keelson/kubernetes-api/core/v1';
import type { AdmissionPlugin } from './admission.ts';

const taint = { key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' } as const;

/** New nodes get no pods before they are ready. Behaviour: k8s.io/kubernetes plugin/pkg/admission/nodetaint, v1.37. */
export const taintNodesByCondition: AdmissionPlugin = {
  name: 'TaintNodesByCondition',
  admit: ({ operation, resource, subresource, object }) => {
    if (
      operation !== 'CREATE' ||
      resource.group !== '' ||
      resource.resource !== 'nodes' ||
      subresource !== ''
    )
      return Promise.resolve();
    const { spec } = object as Node;
    const taints = spec.taints ?? [];
    if (!taints.some(({ key, effect }) => key === taint.key && effect === taint.effect))
      spec.taints = [...taints, { ...taint }];
    return Promise.resolve();
  },
};

import type { Pod } from '@keelson/kubernetes-api/core/v1';

const status = (pod: Pod) => ({
  'status.phase': pod.status.phase ?? '',
  'status.podIP': pod.status.podIPs?.[0]?.ip ?? '',
  'status.nominatedNodeName': pod.status.nominatedNodeName ?? '',
});

const spec = (pod: Pod) => ({
  'spec.nodeName': pod.spec.nodeName ?? '',
  'spec.restartPolicy': pod.spec.restartPolicy ?? '',
  'spec.schedulerName': pod.spec.schedulerName ?? '',
  'spec.serviceAccountName': pod.spec.serviceAccountName ?? '',
  'spec.hostNetwork': String(pod.spec.hostNetwork ?? false),
});

/** What selectors may ask of a pod. `status.podIPs` may be named, but no pod has it. Behaviour: registry/core/pod ToSelectableFields, v1.37. */
export const selectableFields = {
  names: [
    'spec.nodeName',
    'spec.restartPolicy',
    'spec.schedulerName',
    'spec.serviceAccountName',
    'spec.hostNetwork',
    'status.phase',
    'status.podIP',
    'status.podIPs',
    'status.nominatedNodeName',
  ],
  of: (pod: Pod): Readonly<Record<string, string>> => ({ ...spec(pod), ...status(pod) }),
};

import type { Strategy } from '@keelson/generic-registry';
import type { Pod, PodCondition, PodStatus } from '@keelson/kubernetes-api/core/v1';
import { validatePodStatusUpdate } from '../validation/update/status-update.ts';
import { podStatusWarnings } from '../warnings/pod-status-warnings.ts';
import { distinct } from '../validation/findings.ts';
import { dropDisabledStatusFields } from './drop-disabled-fields.ts';
import { podStrategy } from './pod-strategy.ts';

/** How `pods/status` is written: by kubelets and controllers, old ones among them. Behaviour: podStatusStrategy, v1.37. */
export const podStatusStrategy: Strategy<Pod> = {
  ...podStrategy,
  prepareForUpdate(pod, old) {
    // Shared: nothing changes it from here on.
    pod.spec = old.spec;
    delete pod.metadata.deletionTimestamp;
    // Old kubelets spoil owner references, which breaks garbage collection.
    if (old.metadata.ownerReferences === undefined) delete pod.metadata.ownerReferences;
    else pod.metadata.ownerReferences = structuredClone(old.metadata.ownerReferences);
    dropDisabledStatusFields(pod.status);
    keepUnknown(pod.status, old.status);
    keepObservedGenerations(pod.status, old.status);
  },
  validateUpdate: (pod, old) => distinct(validatePodStatusUpdate(pod, old)),
  warningsOnUpdate: podStatusWarnings,
  resetFields: [['spec'], ['metadata', 'deletionTimestamp'], ['metadata', 'ownerReferences']],
};

/** What old clients drop because they do not know it. */
function keepUnknown(status: PodStatus, old: PodStatus): void {
  if (!status.qosClass && old.qosClass) status.qosClass = old.qosClass;
  const {
    resourceClaimStatuses,
    extendedResourceClaimStatus,
    nodeAllocatableResourceClaimStatuses,
  } = old;
  if (resourceClaimStatuses)
    status.resourceClaimStatuses ??= structuredClone(resourceClaimStatuses);
  if (extendedResourceClaimStatus)
    status.extendedResourceClaimStatus ??= structuredClone(extendedResourceClaimStatus);
  if (nodeAllocatableResourceClaimStatuses)
    status.nodeAllocatableResourceClaimStatuses ??= structuredClone(
      nodeAllocatableResourceClaimStatuses,
    );
}

/** A generation that was observed stays so. Conditions may repeat a type: the first keeps the first's, and so on. */
function keepObservedGenerations(status: PodStatus, old: PodStatus): void {
  if (!status.observedGeneration && old.observedGeneration)
    status.observedGeneration = old.observedGeneration;
  const left = new Map<string, PodCondition[]>();
  for (const condition of old.conditions ?? []) {
    const known = left.get(condition.type);
    if (known === undefined) left.set(condition.type, [condition]);
    else known.push(condition);
  }
  for (const condition of status.conditions ?? []) {
    const generation = left.get(condition.type)?.shift()?.observedGeneration;
    if (!condition.observedGeneration && generation) condition.observedGeneration = generation;
  }
}

import { addInt64 } from '@keelson/api-machinery';
import type { GracefulDeletion, Strategy } from '@keelson/generic-registry';
import type { Pod } from '@keelson/kubernetes-api/core/v1';
import { setPodCondition } from '../conditions.ts';
import { completePodLevelResources } from '../pod-level-resources.ts';
import { qualityOfService } from '../quality-of-service.ts';
import { validatePodCreate } from '../validation/pod.ts';
import { validatePodUpdate } from '../validation/update/pod-update.ts';
import { sameInGo } from '../validation/update/same-in-go.ts';
import { distinct } from '../validation/findings.ts';
import { podWarnings } from '../warnings/pod-warnings.ts';
import { adoptAppArmorAnnotations } from './app-armor.ts';
import { dropDisabledPodFields } from './drop-disabled-fields.ts';
import { mergeLabelKeys } from './merged-selectors.ts';

/** How pods are created, changed and deleted. Behaviour: registry/core/pod podStrategy, v1.37. */
export const podStrategy: Strategy<Pod> = {
  namespaced: true,
  prepareForCreate(pod, context) {
    pod.metadata.generation = 1;
    pod.status = { phase: 'Pending' };
    dropDisabledPodFields(pod);
    if ((pod.spec.schedulingGates?.length ?? 0) > 0)
      setPodCondition(pod.status, schedulingGated, createdAt(pod));
    mergeLabelKeys(pod);
    adoptAppArmorAnnotations(pod, context);
    completePodLevelResources(pod.spec);
    pod.status.qosClass = qualityOfService(pod.spec);
  },
  prepareForUpdate(pod, old) {
    // Shared: nothing changes it from here on.
    pod.status = old.status;
    // Clients that do not know the field drop it.
    if (pod.spec.resources === undefined && old.spec.resources !== undefined)
      pod.spec.resources = structuredClone(old.spec.resources);
    dropDisabledPodFields(pod);
    countGeneration(pod, old);
  },
  validate: (pod) => distinct(validatePodCreate(pod)),
  validateUpdate: (pod, old) => distinct(validatePodUpdate(pod, old)),
  warningsOnCreate: podWarnings,
  checkGracefulDelete,
  returnDeletedObject: true,
  resetFields: [['status']],
};

const schedulingGated = {
  type: 'PodScheduled',
  status: 'False',
  reason: 'SchedulingGated',
  message: 'Scheduling is blocked due to non-empty scheduling gates',
};

/** The server has just set it. */
const createdAt = ({ metadata }: Pod): number => Date.parse(metadata.creationTimestamp ?? '');

/** A changed spec is a new generation. */
export function countGeneration(pod: Pod, old: Pod): void {
  if (!sameInGo(pod.spec, old.spec, 'PodSpec'))
    pod.metadata.generation = addInt64(pod.metadata.generation ?? 0, 1);
}

/** A pod gets the time that it or the client asks for; one that runs nowhere needs none. */
function checkGracefulDelete({ spec, status }: Pod, deletion: GracefulDeletion): boolean {
  const asked = deletion.gracePeriodSeconds ?? spec.terminationGracePeriodSeconds ?? 0;
  const idle = !spec.nodeName || status.phase === 'Failed' || status.phase === 'Succeeded';
  deletion.gracePeriodSeconds = idle ? 0 : asked < 0 ? 1 : asked;
  return true;
}

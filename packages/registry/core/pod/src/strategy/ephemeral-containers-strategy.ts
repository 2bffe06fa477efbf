import type { Strategy } from '@keelson/generic-registry';
import type { Pod } from '@keelson/kubernetes-api/core/v1';
import { validateEphemeralContainersUpdate } from '../validation/update/ephemeral-containers-update.ts';
import { dropDisabledPodFields } from './drop-disabled-fields.ts';
import { distinct } from '../validation/findings.ts';
import { keepMetadata } from './keep-metadata.ts';
import { countGeneration, podStrategy } from './pod-strategy.ts';

/** How `pods/ephemeralcontainers` is written: nothing but those containers changes. Behaviour: podEphemeralContainersStrategy, v1.37. */
export const ephemeralContainersStrategy: Strategy<Pod> = {
  ...podStrategy,
  prepareForUpdate(pod, old) {
    const { ephemeralContainers } = pod.spec;
    pod.spec = structuredClone(old.spec);
    if (ephemeralContainers === undefined) delete pod.spec.ephemeralContainers;
    else pod.spec.ephemeralContainers = ephemeralContainers;
    pod.status = structuredClone(old.status);
    keepMetadata(pod.metadata, old.metadata);
    dropDisabledPodFields(pod);
    countGeneration(pod, old);
  },
  validateUpdate: (pod, old) => distinct(validateEphemeralContainersUpdate(pod, old)),
  resetFields: [],
};

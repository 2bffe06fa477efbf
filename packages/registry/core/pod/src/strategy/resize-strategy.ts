import type { Strategy } from '@keelson/generic-registry';
import type { Container, Pod } from '@keelson/kubernetes-api/core/v1';
import { completePodLevelResources } from '../pod-level-resources.ts';
import { validatePodResize } from '../validation/update/resize.ts';
import { distinct } from '../validation/findings.ts';
import { keepMetadata } from './keep-metadata.ts';
import { countGeneration, podStrategy } from './pod-strategy.ts';

/** How `pods/resize` is written: nothing but resources and resize policies changes. Behaviour: podResizeStrategy, v1.37. */
export const resizeStrategy: Strategy<Pod> = {
  ...podStrategy,
  prepareForUpdate(pod, old) {
    keepAllButResources(pod, old);
    if (pod.spec.resources === undefined && old.spec.resources !== undefined)
      pod.spec.resources = structuredClone(old.spec.resources);
    completePodLevelResources(pod.spec);
    countGeneration(pod, old);
  },
  validateUpdate: (pod, old) => distinct(validatePodResize(pod, old)),
  resetFields: [],
};

function keepAllButResources(pod: Pod, old: Pod): void {
  const { containers, initContainers, resources } = pod.spec;
  // Other containers than before are for validation to refuse.
  if (
    containers?.length !== old.spec.containers?.length ||
    (initContainers?.length ?? 0) !== (old.spec.initContainers?.length ?? 0)
  )
    return;
  pod.spec = structuredClone(old.spec);
  pod.spec.containers = keepAllButTheirResources(containers ?? [], pod.spec.containers ?? []);
  if (initContainers !== undefined && initContainers.length > 0) {
    pod.spec.initContainers = keepAllButTheirResources(
      initContainers,
      pod.spec.initContainers ?? [],
    );
  }
  if (resources === undefined) delete pod.spec.resources;
  else pod.spec.resources = resources;
  pod.status = structuredClone(old.status);
  keepMetadata(pod.metadata, old.metadata);
}

function keepAllButTheirResources(containers: Container[], old: Container[]): Container[] {
  // Renamed and reordered containers are for validation to refuse, too.
  if (containers.some(({ name }, index) => name !== old[index]?.name)) return containers;
  return old.map((container, index) => {
    const { resources, resizePolicy } = containers[index] ?? container;
    const merged = { ...container, resources };
    delete merged.resizePolicy;
    return resizePolicy === undefined ? merged : { ...merged, resizePolicy };
  });
}

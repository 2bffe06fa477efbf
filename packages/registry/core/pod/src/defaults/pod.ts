import type { Container, Pod, PodSpec, PodStatus } from '@keelson/kubernetes-api/core/v1';
import { defaultPodSpec } from './pod-spec.ts';
import { defaultResourceList, defaultResources } from './resource-list.ts';

/** Fills in what a pod leaves out, in place. Behaviour: core/v1 SetDefaults_Pod, SetDefaults_PodStatus, v1.37. */
export function defaultPod({ spec, status }: Pod): void {
  if (spec.terminationGracePeriodSeconds !== undefined && spec.terminationGracePeriodSeconds < 0)
    spec.terminationGracePeriodSeconds = 1;
  for (const container of spec.containers ?? []) requestLimits(container);
  for (const container of spec.initContainers ?? []) requestLimits(container);
  spec.enableServiceLinks ??= true;
  if (spec.hostNetwork === true) defaultHostPorts(spec);
  defaultPodSpec(spec);
  defaultStatus(status);
}

/** Who limits without a request requests the limit: in pods, not in templates. */
function requestLimits({ resources }: Container): void {
  const { limits } = resources ?? {};
  if (limits === undefined || limits === null) return;
  const requests = resources.requests ?? {};
  for (const [name, limit] of Object.entries(limits))
    if (!Object.hasOwn(requests, name)) requests[name] = limit;
  if (Object.keys(requests).length > 0) resources.requests = requests;
}

/** On the host's network a container's port is the host's. */
function defaultHostPorts(spec: PodSpec): void {
  for (const container of [...(spec.containers ?? []), ...(spec.initContainers ?? [])]) {
    for (const port of container.ports ?? []) port.hostPort ||= port.containerPort;
  }
}

function defaultStatus(status: PodStatus): void {
  const first = status.podIPs?.[0]?.ip;
  // Old kubelets know only the one address, so it decides.
  if (status.podIP && first !== status.podIP) status.podIPs = [{ ip: status.podIP }];
  else if (!status.podIP && first !== undefined) status.podIP = first;
  for (const container of status.initContainerStatuses ?? []) defaultAllocation(container);
  for (const container of status.containerStatuses ?? []) defaultAllocation(container);
  for (const container of status.ephemeralContainerStatuses ?? []) defaultAllocation(container);
  defaultAllocation(status);
}

function defaultAllocation({
  allocatedResources,
  resources,
}: Pick<PodStatus, 'allocatedResources' | 'resources'>): void {
  defaultResourceList(allocatedResources);
  defaultResources(resources);
}

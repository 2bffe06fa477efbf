import { addQuantity, compareQuantity } from '@keelson/api-machinery';
import type { Container, PodSpec, ResourceRequirements } from '@keelson/kubernetes-api/core/v1';

type ResourceList = Record<string, string>;

/** Whether a pod as a whole may request the resource. Behaviour: component-helpers resource IsSupportedPodLevelResource, v1.37. */
export function isPodLevelResource(name: string): boolean {
  return name === 'cpu' || name === 'memory' || name.startsWith('hugepages-');
}

/** Whether a pod as a whole requests or limits anything. */
export function hasPodLevelResources({ resources }: PodSpec): boolean {
  return [resources?.limits, resources?.requests].some((list) =>
    Object.keys(list ?? {}).some(isPodLevelResource),
  );
}

/** An init container that goes on beside the others. */
export function isSidecar(container: Container | undefined): boolean {
  return container?.restartPolicy === 'Always';
}

/**
 * What the containers need at most at any one time: the regular ones and the sidecars together, or one init container and
 * the sidecars before it. Behaviour: component-helpers resource AggregateContainerRequests, v1.37.
 */
export function aggregateResources(spec: PodSpec, which: 'limits' | 'requests'): ResourceList {
  const total: ResourceList = {};
  for (const container of spec.containers ?? []) add(total, container.resources[which]);
  const sidecars: ResourceList = {};
  const initial: ResourceList = {};
  for (const container of spec.initContainers ?? []) {
    const needs = container.resources[which];
    if (isSidecar(container)) {
      add(total, needs);
      add(sidecars, needs);
    } else raise(initial, withSidecars(needs, sidecars));
  }
  // What sidecars need only grows, so that looking at it once, at the end, is enough.
  raise(initial, sidecars);
  raise(total, initial);
  return total;
}

/** Clients name resources, and may name one `toString`. */
const amountOf = (list: ResourceList, name: string): string | undefined =>
  Object.hasOwn(list, name) ? list[name] : undefined;

function withSidecars(
  needs: ResourceList | undefined | null,
  sidecars: ResourceList,
): ResourceList {
  const sum: ResourceList = {};
  for (const [name, quantity] of Object.entries(needs ?? {}))
    sum[name] = addQuantity(amountOf(sidecars, name) ?? '0', quantity);
  return sum;
}

function add(sum: ResourceList, more: ResourceList | undefined | null): void {
  for (const [name, quantity] of Object.entries(more ?? {})) {
    const known = amountOf(sum, name);
    sum[name] = known === undefined ? quantity : addQuantity(known, quantity);
  }
}

function raise(most: ResourceList, other: ResourceList): void {
  for (const [name, quantity] of Object.entries(other)) {
    const known = amountOf(most, name);
    if (known === undefined || compareQuantity(quantity, known) > 0) most[name] = quantity;
  }
}

/**
 * Completes what a pod as a whole requests and limits from what its containers do. After admission, which may add
 * containers. Behaviour: api/pod DefaultPodLevelResources, v1.37.
 */
export function completePodLevelResources(spec: PodSpec): void {
  const { resources } = spec;
  if (resources === undefined || isEmpty(resources)) return;
  limitHugePages(spec, resources);
  requestMissing(spec, resources);
  limitMissing(spec, resources);
}

const isEmpty = ({ limits, requests }: ResourceRequirements): boolean =>
  Object.keys(limits ?? {}).length === 0 && Object.keys(requests ?? {}).length === 0;

function limitHugePages(spec: PodSpec, resources: ResourceRequirements): void {
  const limits = { ...resources.limits };
  for (const [name, limit] of Object.entries(aggregateResources(spec, 'limits'))) {
    if (name.startsWith('hugepages-') && resources.requests?.[name] === undefined)
      limits[name] ??= limit;
  }
  if (Object.keys(limits).length > 0) resources.limits = limits;
}

function requestMissing(spec: PodSpec, resources: ResourceRequirements): void {
  const requests = { ...resources.requests };
  for (const [name, request] of Object.entries(aggregateResources(spec, 'requests'))) {
    if (name === 'cpu' || name === 'memory') requests[name] ??= request;
  }
  for (const [name, limit] of Object.entries(resources.limits ?? {}))
    if (isPodLevelResource(name)) requests[name] ??= limit;
  if (Object.keys(requests).length > 0) resources.requests = requests;
}

/** A limit follows where every container has one. */
function limitMissing(spec: PodSpec, resources: ResourceRequirements): void {
  const containers = [...(spec.initContainers ?? []), ...(spec.containers ?? [])];
  const aggregated = aggregateResources(spec, 'limits');
  for (const [name, request] of Object.entries(resources.requests ?? {})) {
    if (!isPodLevelResource(name) || resources.limits?.[name] !== undefined) continue;
    const limit = aggregated[name];
    // Ephemeral containers never have limits.
    if (limit === undefined || (spec.ephemeralContainers?.length ?? 0) > 0) continue;
    if (containers.some((container) => container.resources.limits?.[name] === undefined)) continue;
    (resources.limits ??= {})[name] = compareQuantity(request, limit) > 0 ? request : limit;
  }
}

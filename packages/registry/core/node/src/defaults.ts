import type { Node } from '@keelson/kubernetes-api/core/v1';
import { defaultResourceList } from '@keelson/registry-core-pod';

/** Behaviour: apis/core/v1 SetDefaults_NodeStatus, Convert_v1_NodeSpec_To_core_NodeSpec and back, v1.37. */
export function defaultNode({ spec, status }: Node): void {
  // Capacity that a node does not divide is there for pods as it is.
  if (isEmpty(status.allocatable) && !isEmpty(status.capacity))
    status.allocatable = { ...status.capacity };
  defaultResourceList(status.capacity);
  defaultResourceList(status.allocatable);
  // The one network is the first of the many; older clients know it alone, so it decides.
  if (spec.podCIDR && spec.podCIDR !== spec.podCIDRs?.[0]) spec.podCIDRs = [spec.podCIDR];
  if (spec.podCIDRs?.[0]) [spec.podCIDR] = spec.podCIDRs;
}

const isEmpty = (map: Record<string, string> = {}): boolean => Object.keys(map).length === 0;

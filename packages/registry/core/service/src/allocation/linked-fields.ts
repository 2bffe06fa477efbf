import type { Service } from '@keelson/kubernetes-api/core/v1';
import {
  allocatesNodePorts,
  isExternalName,
  needsHealthCheck,
  nodePortsOf,
} from '../service-traits.ts';
import { sameList } from './ip-families.ts';

/** Old clients know `clusterIP` alone: they get a list of it. Behaviour: normalizeClusterIPs, v1.37. */
export function linkNewClusterIPs({ spec }: Service): void {
  if (spec.clusterIP && (spec.clusterIPs ?? []).length === 0) spec.clusterIPs = [spec.clusterIP];
}

/** Makes of `clusterIP` and `clusterIPs` what a client meant who changed one of them. Behaviour: normalizeClusterIPs, v1.37. */
export function linkClusterIPs({ spec }: Service, { spec: old }: Service): void {
  const [now = '', before = ''] = [spec.clusterIP, old.clusterIP];
  if (now === before) {
    if ((spec.clusterIPs ?? []).length === 0 && (old.clusterIPs ?? []).length > 0)
      spec.clusterIPs = [...(old.clusterIPs ?? [])];
    return;
  }
  if (!sameList(spec.clusterIPs, old.clusterIPs)) return;
  if (now === '') delete spec.clusterIPs;
  else spec.clusterIPs = [now];
}

/**
 * Clients may leave out what was allocated for them: it stays. Behaviour: registry/core/service/storage patchAllocatedValues, v1.37.
 */
export function keepAllocatedValues(service: Service, old: Service): void {
  const { spec } = service;
  if (!isExternalName(service) && !isExternalName(old)) {
    const { clusterIP, clusterIPs = [] } = old.spec;
    if (clusterIP) spec.clusterIP ||= clusterIP;
    if ((spec.clusterIPs ?? []).length === 0 && clusterIPs.length > 0)
      spec.clusterIPs = [...clusterIPs];
  }
  if (allocatesNodePorts(service) && allocatesNodePorts(old)) keepNodePorts(service, old);
  if (needsHealthCheck(service) && needsHealthCheck(old) && old.spec.healthCheckNodePort)
    spec.healthCheckNodePort ||= old.spec.healthCheckNodePort;
}

/** Ports are known by their names; a node port that another port has taken over is not kept. */
function keepNodePorts(service: Service, old: Service): void {
  const used = new Set(nodePortsOf(service));
  const byName = new Map(
    (old.spec.ports ?? []).map(({ name = '', nodePort = 0 }) => [name, nodePort]),
  );
  for (const port of service.spec.ports ?? []) {
    const kept = byName.get(port.name ?? '') ?? 0;
    if (kept !== 0 && !used.has(kept)) port.nodePort ||= kept;
  }
}

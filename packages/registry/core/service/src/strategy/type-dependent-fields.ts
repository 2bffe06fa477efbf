import { semanticEqual } from '@keelson/api-machinery';
import type { Service } from '@keelson/kubernetes-api/core/v1';
import {
  isExternallyAccessible,
  isExternalName,
  isLoadBalancer,
  needsHealthCheck,
  nodePortsOf,
  opensNodePorts,
} from '../service-traits.ts';

/**
 * Clears what a service's new type has no use for, where the server may have filled it in and the client did not change it
 * as well: what the client changed is left for validation to refuse. Behaviour: registry/core/service dropTypeDependentFields, v1.37.
 */
export function dropTypeDependentFields(service: Service, old: Service): void {
  const { spec } = service;
  if (isExternalName(service) && !isExternalName(old)) dropAddresses(service, old);
  if (opensNodePorts(old) && !opensNodePorts(service) && hasNoNewNodePorts(service, old))
    for (const port of spec.ports ?? []) delete port.nodePort;
  if (needsHealthCheck(old) && !needsHealthCheck(service))
    dropUnchanged(service, old, 'healthCheckNodePort');
  if (isLoadBalancer(old) && !isLoadBalancer(service)) {
    dropUnchanged(service, old, 'allocateLoadBalancerNodePorts');
    dropUnchanged(service, old, 'loadBalancerClass');
  }
  if (isExternallyAccessible(old) && !isExternallyAccessible(service))
    dropUnchanged(service, old, 'externalTrafficPolicy');
  if (!isLoadBalancer(service)) service.status = { ...service.status, loadBalancer: {} };
}

function dropAddresses(service: Service, old: Service): void {
  const { spec } = service;
  const same =
    (spec.clusterIP ?? '') === (old.spec.clusterIP ?? '') &&
    semanticEqual(spec.clusterIPs, old.spec.clusterIPs);
  if (same) {
    delete spec.clusterIP;
    delete spec.clusterIPs;
  }
  dropUnchanged(service, old, 'ipFamilies');
  dropUnchanged(service, old, 'ipFamilyPolicy');
}

function dropUnchanged(service: Service, old: Service, field: keyof Service['spec']): void {
  if (semanticEqual(service.spec[field], old.spec[field])) delete service.spec[field];
}

/** Ports may come, go and change, as long as no node port is named that was not there. */
function hasNoNewNodePorts(service: Service, old: Service): boolean {
  const known = new Set(nodePortsOf(old));
  return nodePortsOf(service).every((port) => known.has(port));
}

import type { Service } from '@keelson/kubernetes-api/core/v1';
import { isExternallyAccessible, isLoadBalancer } from './service-traits.ts';

/** How long a client stays with a pod: three hours. */
const affinitySeconds = 10_800;

const internalTypes = ['ClusterIP', 'NodePort', 'LoadBalancer'];

/** Fills in what a client left out. Behaviour: pkg/apis/core/v1 SetDefaults_Service, v1.37. */
export function defaultService(service: Service): void {
  const { spec } = service;
  defaultAffinity(service);
  spec.type ||= 'ClusterIP';
  for (const port of spec.ports ?? []) {
    port.protocol ||= 'TCP';
    port.targetPort ||= port.port;
  }
  if (isExternallyAccessible(service)) spec.externalTrafficPolicy ||= 'Cluster';
  if (internalTypes.includes(spec.type)) spec.internalTrafficPolicy ??= 'Cluster';
  if (!isLoadBalancer(service)) return;
  spec.allocateLoadBalancerNodePorts ??= true;
  for (const ingress of service.status.loadBalancer.ingress ?? [])
    if (ingress.ip) ingress.ipMode ??= 'VIP';
}

function defaultAffinity({ spec }: Service): void {
  spec.sessionAffinity ||= 'None';
  if (spec.sessionAffinity === 'None') delete spec.sessionAffinityConfig;
  if (
    spec.sessionAffinity === 'ClientIP' &&
    spec.sessionAffinityConfig?.clientIP?.timeoutSeconds === undefined
  )
    spec.sessionAffinityConfig = { clientIP: { timeoutSeconds: affinitySeconds } };
}

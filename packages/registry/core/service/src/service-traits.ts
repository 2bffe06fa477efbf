import type { Service } from '@keelson/kubernetes-api/core/v1';

/** What `clusterIP` says of a service that has none. */
export const noClusterIP = 'None';

export const isExternalName = ({ spec }: Service): boolean => spec.type === 'ExternalName';
export const isLoadBalancer = ({ spec }: Service): boolean => spec.type === 'LoadBalancer';

/** Whether a service is told to have no address. */
export const isHeadless = ({ spec }: Service): boolean =>
  spec.clusterIPs?.length === 1 && spec.clusterIPs[0] === noClusterIP;

/** Whether a service's type opens ports on nodes. */
export const opensNodePorts = ({ spec }: Service): boolean =>
  spec.type === 'NodePort' || spec.type === 'LoadBalancer';

/** Whether ports get node ports that nobody asked for. */
export const allocatesNodePorts = ({ spec }: Service): boolean =>
  spec.type === 'NodePort' ||
  (spec.type === 'LoadBalancer' && spec.allocateLoadBalancerNodePorts !== false);

/** Whether load balancers ask a port of its own which nodes have endpoints. Behaviour: pkg/api/service NeedsHealthCheck. */
export const needsHealthCheck = ({ spec }: Service): boolean =>
  spec.type === 'LoadBalancer' && spec.externalTrafficPolicy === 'Local';

/** Whether traffic from outside the cluster reaches a service. Behaviour: pkg/api/service ExternallyAccessible. */
export const isExternallyAccessible = (service: Service): boolean =>
  opensNodePorts(service) ||
  (service.spec.type === 'ClusterIP' && (service.spec.externalIPs ?? []).length > 0);

/** The node ports that a service's ports name. */
export const nodePortsOf = ({ spec }: Service): number[] =>
  (spec.ports ?? []).map(({ nodePort = 0 }) => nodePort).filter((port) => port !== 0);

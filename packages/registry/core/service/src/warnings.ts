import { fieldPath } from '@keelson/api-machinery';
import type { Service } from '@keelson/kubernetes-api/core/v1';
import { cidrWarnings, ipWarnings } from './addresses/legacy-values.ts';
import { isExternalName, noClusterIP } from './service-traits.ts';

const spec = fieldPath('spec');
const hints = 'service.kubernetes.io/topology-aware-hints';

/** What a service's author should know. Behaviour: pkg/api/service GetWarningsForService, v1.37. */
export function serviceWarnings(service: Service): string[] {
  const { clusterIP = '', clusterIPs = [], loadBalancerIP = '' } = service.spec;
  const { externalIPs = [], loadBalancerSourceRanges = [] } = service.spec;
  const hasAddress = clusterIP !== '' && clusterIP !== noClusterIP;
  const ignoresExternalIPs = isHeadless(service) || isExternalName(service);
  return [
    ...(service.metadata.annotations?.[hints] === undefined
      ? []
      : [
          `annotation ${hints} is deprecated, please use service.kubernetes.io/topology-mode instead`,
        ]),
    ...(hasAddress
      ? clusterIPs.flatMap((ip, index) => ipWarnings(ip, spec.child('clusterIPs').index(index)))
      : []),
    ...headlessWarnings(service),
    ...externalIPs.flatMap((ip, index) => ipWarnings(ip, spec.child('externalIPs').index(index))),
    ...(externalIPs.length > 0 && !ignoresExternalIPs
      ? ['spec.externalIPs is deprecated and may no longer be implemented in some clusters']
      : []),
    ...(loadBalancerIP === '' ? [] : ipWarnings(loadBalancerIP, spec.child('loadBalancerIP'))),
    ...loadBalancerSourceRanges.flatMap((range, index) =>
      cidrWarnings(range, spec.child('loadBalancerSourceRanges').index(index)),
    ),
    ...externalNameWarnings(service),
    ...(service.spec.trafficDistribution === 'PreferClose'
      ? ['spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"']
      : []),
  ];
}

/** Here it is the type and the single address that count. */
const isHeadless = ({ spec: { type, clusterIP } }: Service): boolean =>
  type === 'ClusterIP' && clusterIP === noClusterIP;

function headlessWarnings(service: Service): string[] {
  if (!isHeadless(service)) return [];
  const { loadBalancerIP, externalIPs = [], sessionAffinity } = service.spec;
  return [
    ...(loadBalancerIP ? ['spec.loadBalancerIP is ignored for headless services'] : []),
    ...(externalIPs.length > 0 ? ['spec.externalIPs is ignored for headless services'] : []),
    ...(sessionAffinity === 'None'
      ? []
      : ['spec.SessionAffinity is ignored for headless services']),
  ];
}

function externalNameWarnings(service: Service): string[] {
  const { externalIPs = [], externalName = '' } = service.spec;
  if (isExternalName(service))
    return externalIPs.length > 0
      ? ['spec.externalIPs is ignored when spec.type is "ExternalName"']
      : [];
  return externalName === ''
    ? []
    : ['spec.externalName is ignored when spec.type is not "ExternalName"'];
}

/** What is unusual about a load balancer's addresses. Behaviour: serviceStatusStrategy WarningsOnUpdate. */
export function statusWarnings({ status }: Service): string[] {
  const path = fieldPath('status', 'loadBalancer', 'ingress');
  return (status.loadBalancer.ingress ?? []).flatMap(({ ip = '' }, index) =>
    ip === '' ? [] : ipWarnings(ip, path.index(index)),
  );
}

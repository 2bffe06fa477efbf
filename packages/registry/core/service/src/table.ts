import { ageOf } from '@keelson/api-machinery';
import { ageColumn, nameColumn, type Table } from '@keelson/generic-registry';
import { descriptionOf } from '@keelson/kubernetes-api';
import type { Service } from '@keelson/kubernetes-api/core/v1';
import type { TableColumn } from '@keelson/rest-interfaces';

/** Between sentences the API's authors of services wrote two spaces, which elsewhere stand for a new paragraph. */
const described = (name: string, field: string): TableColumn => ({
  name,
  type: 'string',
  description: descriptionOf('core/v1.ServiceSpec', field).replaceAll('\n\n', '  '),
});

/** How `kubectl get services` shows them. Behaviour: printers/internalversion serviceColumnDefinitions, v1.37. */
export const serviceTable: Table<Service> = {
  columns: [
    nameColumn,
    described('Type', 'type'),
    described('Cluster-IP', 'clusterIP'),
    described('External-IP', 'externalIPs'),
    described('Port(s)', 'ports'),
    ageColumn,
    { ...described('Selector', 'selector'), priority: 1 },
  ],
  cells: (service, now) => {
    const { metadata, spec } = service;
    return [
      metadata.name ?? '',
      spec.type ?? '',
      spec.clusterIPs?.[0] ?? '<none>',
      externalIP(service),
      portsOf(service) || '<none>',
      ageOf(metadata.creationTimestamp, now),
      selectorOf(service) || '<none>',
    ];
  },
};

function externalIP(service: Service): string {
  const { type, externalIPs = [], externalName = '' } = service.spec;
  if (type === 'ExternalName') return externalName;
  if (type === 'LoadBalancer')
    return [...loadBalancerAddresses(service), ...externalIPs].join(',') || '<pending>';
  if (type === 'ClusterIP' || type === 'NodePort') return externalIPs.join(',') || '<none>';
  return '<unknown>';
}

function loadBalancerAddresses({ status }: Service): readonly string[] {
  const all = (status.loadBalancer.ingress ?? []).map(({ ip, hostname }) => ip || hostname || '');
  return [...new Set(all.filter((address) => address !== ''))].sort();
}

const portsOf = ({ spec }: Service): string =>
  (spec.ports ?? [])
    .map(({ port, nodePort = 0, protocol }) =>
      nodePort > 0 ? `${port}:${nodePort}/${protocol}` : `${port}/${protocol}`,
    )
    .join(',');

const selectorOf = ({ spec }: Service): string =>
  Object.entries(spec.selector ?? {})
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join(',');

import type { Endpoints, EndpointSubset, Service } from '@keelson/kubernetes-api/core/v1';
import type { LoopbackClient } from './loopback-client.ts';
import type { MasterLeases } from './master-leases.ts';

// Behaviour: pkg/controlplane/controller/kubernetesservice and pkg/controlplane/reconcilers, v1.37.

export interface KubernetesServiceOptions {
  readonly client: LoopbackClient;
  readonly leases: MasterLeases;
  /** The service's own: the first of the range. */
  readonly clusterIP: string;
  /** Where this server is reached; undefined where it can be reached from nowhere else. */
  readonly address: string | undefined;
  readonly port: number;
}

const services = '/api/v1/namespaces/default/services';
const endpoints = '/api/v1/namespaces/default/endpoints';

/** Keeps the service `kubernetes` in the default namespace, by which pods reach the API, and the addresses behind it. */
export async function syncKubernetesService(options: KubernetesServiceOptions): Promise<void> {
  const { client, leases, address } = options;
  await client.ensure(services, serviceOf(options));
  if (address === undefined) return;
  await leases.renew(address);
  await syncEndpoints(options, await leases.alive());
}

/** Takes this server out of the service, so that clients go to others at once. */
export async function leaveKubernetesService(options: KubernetesServiceOptions): Promise<void> {
  const { leases, address } = options;
  if (address === undefined) return;
  await leases.remove(address);
  await syncEndpoints(options, await leases.alive());
}

function serviceOf({ clusterIP, port }: KubernetesServiceOptions): Service {
  const metadata = {
    name: 'kubernetes',
    namespace: 'default',
    labels: { provider: 'kubernetes', component: 'apiserver' },
  };
  const spec = {
    ports: [{ name: 'https', protocol: 'TCP', port: 443, targetPort: port }],
    clusterIP,
    ipFamilyPolicy: 'SingleStack',
    sessionAffinity: 'None',
    type: 'ClusterIP',
  };
  return { apiVersion: 'v1', kind: 'Service', metadata, spec, status: { loadBalancer: {} } };
}

async function syncEndpoints(
  { client, port }: KubernetesServiceOptions,
  addresses: readonly string[],
): Promise<void> {
  const subsets: EndpointSubset[] =
    addresses.length === 0
      ? []
      : [
          {
            addresses: addresses.map((ip) => ({ ip })),
            ports: [{ name: 'https', port, protocol: 'TCP' }],
          },
        ];
  const old = await client.get<Endpoints>(`${endpoints}/kubernetes`);
  if (old === undefined) {
    const metadata = {
      name: 'kubernetes',
      namespace: 'default',
      labels: { 'endpointslice.kubernetes.io/skip-mirror': 'true' },
    };
    await client.ensure(endpoints, {
      apiVersion: 'v1',
      kind: 'Endpoints',
      metadata,
      subsets,
    } as Endpoints);
  } else if (JSON.stringify(sorted(old.subsets)) !== JSON.stringify(sorted(subsets))) {
    await client.update(`${endpoints}/kubernetes`, { ...old, subsets } as Endpoints);
  }
}

/** What is compared: addresses and ports, in an order of their own. */
function sorted(subsets: readonly EndpointSubset[] | null | undefined): readonly string[] {
  return (subsets ?? [])
    .flatMap(({ addresses, ports }) =>
      (addresses ?? []).flatMap(({ ip }) =>
        (ports ?? []).map(({ name, port, protocol }) => `${ip} ${name} ${port} ${protocol}`),
      ),
    )
    .sort();
}

import type {
  EndpointAddress,
  EndpointPort,
  EndpointSubset,
} from '@keelson/kubernetes-api/core/v1';

interface Placed {
  readonly address: EndpointAddress;
  readonly ready: boolean;
}

/**
 * Brings subsets into one form: addresses with the same ports are together, in order, each once.
 * Behaviour: pkg/api/v1/endpoints RepackSubsets, v1.37.
 */
export function repackSubsets(subsets: readonly EndpointSubset[]): EndpointSubset[] {
  const byPort = new Map<
    string,
    { readonly port: EndpointPort | undefined; readonly addresses: Map<string, Placed> }
  >();
  for (const { addresses = [], notReadyAddresses = [], ports = [] } of subsets) {
    const placed = [
      ...addresses.map((address) => ({ address, ready: true })),
      ...notReadyAddresses.map((address) => ({ address, ready: false })),
    ];
    for (const port of ports.length === 0 ? [undefined] : ports) {
      const key = JSON.stringify(port ?? null);
      const group = byPort.get(key) ?? { port, addresses: new Map<string, Placed>() };
      byPort.set(key, group);
      for (const one of placed) {
        const id = idOf(one.address);
        // An address that is not ready somewhere is not ready.
        if (group.addresses.get(id)?.ready !== false) group.addresses.set(id, one);
      }
    }
  }
  const byAddresses = new Map<
    string,
    { readonly ports: EndpointPort[]; readonly addresses: readonly Placed[] }
  >();
  for (const { port, addresses } of byPort.values()) {
    const sorted = [...addresses.values()].sort(byId);
    const key = JSON.stringify(sorted.map(({ address, ready }) => [idOf(address), ready]));
    const group = byAddresses.get(key) ?? { ports: [], addresses: sorted };
    byAddresses.set(key, group);
    if (port !== undefined) group.ports.push(port);
  }
  return [...byAddresses.values()].map(subsetOf).sort(compare);
}

const idOf = ({ ip, targetRef }: EndpointAddress): string => `${ip} ${targetRef?.uid ?? ''}`;
const byId = (a: Placed, b: Placed): number => (idOf(a.address) < idOf(b.address) ? -1 : 1);

function subsetOf({
  ports,
  addresses,
}: {
  readonly ports: EndpointPort[];
  readonly addresses: readonly Placed[];
}): EndpointSubset {
  const pick = (ready: boolean) =>
    addresses.filter((one) => one.ready === ready).map(({ address }) => address);
  const [ready, notReady] = [pick(true), pick(false)];
  return {
    ...(ready.length === 0 ? {} : { addresses: ready }),
    ...(notReady.length === 0 ? {} : { notReadyAddresses: notReady }),
    ...(ports.length === 0
      ? {}
      : { ports: ports.sort((a, b) => (portKey(a) < portKey(b) ? -1 : 1)) }),
  };
}

const portKey = ({ name = '', protocol = '', port }: EndpointPort): string =>
  `${String(port).padStart(6, '0')} ${name} ${protocol}`;
const compare = (a: EndpointSubset, b: EndpointSubset): number =>
  JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;

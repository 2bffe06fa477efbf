import ipaddr from 'ipaddr.js';

/** The first address of a range that services may have: `10.0.0.1` of `10.0.0.0/24`. Behaviour: pkg/controlplane ServiceIPRange. */
export function firstAddress(range: string): string {
  const [network] = ipaddr.parseCIDR(range);
  const bytes = network.toByteArray();
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) + 1;
  return ipaddr.fromByteArray(bytes).toString();
}

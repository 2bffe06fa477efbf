import type { Service } from '@keelson/kubernetes-api/core/v1';
import { parseIP } from '../addresses/ip-address.ts';
import { isExternalName, noClusterIP } from '../service-traits.ts';
import type { Allocation } from './allocators.ts';
import { keepsPreference } from './ip-families.ts';
import { takeAnyIP, takeIP } from './take-ip.ts';

/** The addresses that a service holds. */
export function heldIPs(service: Service): readonly string[] {
  const { clusterIPs = [] } = service.spec;
  if (isExternalName(service) || clusterIPs[0] === noClusterIP) return [];
  return clusterIPs.flatMap((text) => parseIP(text)?.standard ?? []);
}

/** Takes an address of each family that a new service has, as it asks or any. Behaviour: registry/core/service/storage allocClusterIPs, v1.37. */
export async function takeClusterIPs(allocation: Allocation, service: Service): Promise<void> {
  const { spec } = service;
  if (isExternalName(service) || spec.clusterIPs?.[0] === noClusterIP) return;
  const { ipFamilies = [] } = spec;
  // Messages show the list with a place for each address.
  const asked = ipFamilies.map((_, index) => spec.clusterIPs?.[index] ?? '');
  spec.clusterIPs = [...asked, ...(spec.clusterIPs ?? []).slice(asked.length)];
  const taken: string[] = [];
  for (const [index, family] of ipFamilies.entries())
    taken.push(await takeOne(allocation, service, family, asked[index] ?? ''));
  spec.clusterIPs = [...taken, ...spec.clusterIPs.slice(taken.length)];
  if (taken[0] !== undefined) spec.clusterIP = taken[0];
}

const takeOne = (
  allocation: Allocation,
  service: Service,
  family: string,
  asked: string,
): Promise<string> =>
  asked === ''
    ? takeAnyIP(allocation, service, family)
    : takeIP(allocation, service, family, asked);

/** Takes what a changed service needs, and gives back what it needs no longer. Behaviour: updateClusterIPs, v1.37. */
export async function updateClusterIPs(
  allocation: Allocation,
  service: Service,
  old: Service,
): Promise<void> {
  if (keepsPreference(service, old)) return;
  if (isExternalName(old)) {
    await takeClusterIPs(allocation, service);
    return;
  }
  if (old.spec.clusterIPs?.[0] === noClusterIP) return;
  const before = old.spec.ipFamilies?.length ?? 0;
  const after = service.spec.ipFamilies?.length ?? 0;
  if (isExternalName(service)) releaseIPs(allocation, heldIPs(old));
  else if (before === 1 && after === 2) await takeSecond(allocation, service);
  else if (before === 2 && after === 1) releaseIPs(allocation, heldIPs(old).slice(1));
}

async function takeSecond(allocation: Allocation, service: Service): Promise<void> {
  const { spec } = service;
  const family = spec.ipFamilies?.[1] ?? '';
  // Who gives up the address asks for both families, whatever there is: validation refuses that.
  if (!allocation.allocators.ranges.has(family)) return;
  const [first = '', asked = '', ...more] = spec.clusterIPs ?? [];
  spec.clusterIPs = [first, asked, ...more];
  const taken = await takeOne(allocation, service, family, asked);
  spec.clusterIPs = [first, taken, ...more];
}

function releaseIPs({ allocators, claims }: Allocation, ips: readonly string[]): void {
  for (const ip of ips) claims.release(allocators.ipKey(ip));
}

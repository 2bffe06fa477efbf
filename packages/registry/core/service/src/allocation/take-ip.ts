import { internalServerError, type StatusError } from '@keelson/api-machinery';
import type { Service } from '@keelson/kubernetes-api/core/v1';
import { parseIP, type IPFamily } from '../addresses/ip-address.ts';
import type { Allocation } from './allocators.ts';
import { ipAddressObject } from './ip-address-object.ts';
import { pickFree } from './pick-free.ts';
import { refusal } from './refusal.ts';

/** Takes the address that a service asks for. Throws the 422 that says why it cannot have it. */
export async function takeIP(
  allocation: Allocation,
  service: Service,
  family: string,
  text: string,
): Promise<string> {
  const ip = parseIP(text);
  if (ip === undefined)
    throw internalServerError(new Error(`failed to parse service IP "${text}"`));
  const { allocators, claims, dryRun } = allocation;
  const range = allocators.ranges.get(family);
  const key = allocators.ipKey(ip.standard);
  if (range?.contains(ip) !== true)
    throw refused(
      service,
      `failed to allocate IP ${text}: ${outside(ip.standard, range?.text, dryRun)}`,
    );
  // A dry run of upstream's does not look, either.
  if (dryRun) return text;
  if (claims.takes(key) || (await allocators.claims.isHeld(key)))
    throw refused(service, `failed to allocate IP ${text}: provided IP is already allocated`);
  hold(allocation, service, family as IPFamily, ip.standard);
  return text;
}

function outside(ip: string, range: string | undefined, dryRun: boolean): string {
  return dryRun && range !== undefined
    ? `the provided IP (${ip}) is not in the valid range. The range of valid IPs is ${range}`
    : 'the provided network does not match the current range';
}

/** Takes any address of a family. Throws 500 when there is none. */
export async function takeAnyIP(
  allocation: Allocation,
  service: Service,
  family: string,
): Promise<string> {
  const { allocators, dryRun } = allocation;
  const range = allocators.ranges.get(family);
  if (range === undefined) throw new Error(`services have no addresses of family ${family}`);
  if (dryRun) return range.network;
  const keyOf = (value: bigint) => allocators.ipKey(range.textOf(value));
  const keys = { ...range, at: (offset: bigint) => keyOf(range.at(offset)) };
  const taken = {
    has: (key: string) => allocators.claims.isWanted(key),
    all: () => allocators.claims.wanted(allocators.ipKey('')),
  };
  const key = await pickFree(keys, taken, allocators.random);
  if (key === undefined)
    throw internalServerError(
      new Error(
        `failed to allocate a serviceIP for Service "${service.metadata.name}": range is full`,
      ),
    );
  const ip = key.slice(allocators.ipKey('').length);
  hold(allocation, service, range.family, ip);
  return ip;
}

function hold(
  { allocators, claims }: Allocation,
  { metadata: { namespace = '', name = '' } }: Service,
  family: IPFamily,
  ip: string,
): void {
  const object = ipAddressObject(ip, family, { namespace, name }, allocators.now());
  claims.take(allocators.ipKey(ip), object);
}

const refused = (service: Service, detail: string): StatusError =>
  refusal(service, 'spec.clusterIPs', service.spec.clusterIPs, detail);

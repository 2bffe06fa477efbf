import type { RegistryEnvironment } from '@keelson/generic-registry';
import type { IPFamily } from '../addresses/ip-address.ts';
import { Claims, type WriteClaims } from './claims.ts';
import { parseIPRange, type IPRange } from './ip-range.ts';
import { nodePortRange, type NodePortRange } from './node-port-range.ts';

/** What cluster IPs and node ports are taken from. */
export interface AllocationSettings {
  /** One range or two of different families; the first is of the family that services have when they do not say. */
  readonly clusterIPRanges: readonly string[];
  readonly nodePorts: { readonly base: number; readonly size: number };
  /** A number from 0 up to and without 1. */
  readonly random?: () => number;
}

/** What allocations of one server share. */
export interface Allocators {
  readonly claims: Claims;
  readonly ranges: ReadonlyMap<string, IPRange>;
  readonly defaultFamily: IPFamily;
  readonly nodePorts: NodePortRange;
  readonly now: () => number;
  readonly random: () => number;
  /** The key by which an address or a port is held. */
  ipKey(standard: string): string;
  nodePortKey(port: number): string;
}

/** One write's allocations. A dry run looks, and takes nothing. */
export interface Allocation {
  readonly allocators: Allocators;
  readonly claims: WriteClaims;
  readonly dryRun: boolean;
}

const defaultRange = '10.0.0.0/24';

/** Where addresses are held; upstream's objects of the same name. */
export const ipPrefix = (root: string): string => `${root}/ipaddresses/`;
/** Where node ports are held: one key each, in decimal. */
export const nodePortPrefix = (root: string): string => `${root}/ranges/servicenodeports/`;

export function createAllocators(
  { clusterIPRanges, nodePorts, random = Math.random }: AllocationSettings,
  { backend, root, clock }: RegistryEnvironment,
): Allocators {
  const texts = clusterIPRanges.length === 0 ? [defaultRange] : clusterIPRanges;
  const ranges = texts.map(parseIPRange);
  return {
    claims: new Claims(backend),
    ranges: new Map(ranges.map((range) => [range.family, range])),
    defaultFamily: ranges[0]?.family ?? 'IPv4',
    nodePorts: nodePortRange(nodePorts.base, nodePorts.size),
    now: () => clock.now(),
    random,
    ipKey: (standard) => ipPrefix(root) + standard,
    nodePortKey: (port) => nodePortPrefix(root) + port,
  };
}

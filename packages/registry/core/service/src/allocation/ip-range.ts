import { parseCIDR } from '../addresses/cidr.ts';
import { bitsOf, ipText, type IPAddress, type IPFamily } from '../addresses/ip-address.ts';
import type { Bands } from './pick-free.ts';

/** The most addresses of a range that are given out by chance: what is above is never reached. */
const mostAddresses = 1n << 64n;

/** A range of cluster IPs. */
export interface IPRange extends Bands<bigint> {
  readonly family: IPFamily;
  /** As it is written: `10.0.0.0/16`. */
  readonly text: string;
  /** The network's own address, which no service gets. */
  readonly network: string;
  /** Whether services may have the address: not the network's own, nor the broadcast address of IPv4. */
  contains(ip: IPAddress): boolean;
  textOf(value: bigint): string;
}

/** Reads a range. Throws for a text that is none. */
export function parseIPRange(text: string): IPRange {
  const cidr = parseCIDR(text);
  if (cidr === undefined) throw new Error(`${text} is no range of cluster IPs`);
  const { family, network, prefixLength, standard } = cidr;
  const size = 1n << BigInt(bitsOf(family) - prefixLength);
  const first = network + 1n;
  const usable = atLeastZero(size - (family === 'IPv4' ? 2n : 1n));
  const reachable = usable < mostAddresses ? usable : mostAddresses;
  return {
    family,
    text: standard,
    network: ipText(family, network),
    staticSize: staticBand(size),
    size: reachable,
    at: (offset) => first + offset,
    contains: ({ family: other, value }) =>
      other === family && value >= first && value < first + usable,
    textOf: (value) => ipText(family, value),
  };
}

const atLeastZero = (value: bigint): bigint => (value < 0n ? 0n : value);

/** How many of the first addresses are left to those who choose theirs. Behaviour: ipallocator calculateRangeOffset, v1.37. */
function staticBand(size: bigint): bigint {
  const [least, most, step] = [16n, 256n, 16n];
  if (size <= least) return 0n;
  const share = size / step;
  return share < least ? least : share > most ? most : share;
}

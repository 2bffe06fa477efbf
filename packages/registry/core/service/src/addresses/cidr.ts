import { bitsOf, ipText, parseIP, type IPAddress, type IPFamily } from './ip-address.ts';

/** A range of addresses, and what is unusual about how it was written. */
export interface CIDR {
  readonly family: IPFamily;
  /** The address before the slash. */
  readonly address: IPAddress;
  /** That address without the bits beyond the prefix. */
  readonly network: bigint;
  readonly prefixLength: number;
  /** As it should be written. */
  readonly standard: string;
  /** In the address or in the prefix length. */
  readonly leadingZeros: boolean;
  /** Whether the address has bits beyond the prefix. */
  readonly ambiguous: boolean;
}

/** Parses `10.0.0.0/24` as Kubernetes always has: numbers may have leading zeros. Undefined when it is none. */
export function parseCIDR(text: string): CIDR | undefined {
  const slash = text.indexOf('/');
  const address = slash === -1 ? undefined : parseIP(text.slice(0, slash));
  const digits = text.slice(slash + 1);
  if (address === undefined || !/^\d+$/.test(digits)) return undefined;
  const { family, mapped, value } = address;
  const written = Number(digits);
  if (written > (mapped ? 128 : bitsOf(family))) return undefined;
  const prefixLength = mapped ? Math.max(0, written - 96) : written;
  const hostBits = BigInt(bitsOf(family) - prefixLength);
  const network = (value >> hostBits) << hostBits;
  return {
    family,
    address,
    network,
    prefixLength,
    standard: `${ipText(family, network)}/${prefixLength}`,
    leadingZeros: address.leadingZeros || digits !== String(written),
    ambiguous: network !== value,
  };
}

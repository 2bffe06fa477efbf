/** An address, and what is unusual about how it was written. */
export interface IPAddress {
  readonly version: 4 | 6;
  /** As it should be written (RFC 5952). */
  readonly standard: string;
  readonly leadingZeros: boolean;
  /** An IPv4 address in the clothes of an IPv6 one. */
  readonly mapped: boolean;
}

/** A network, or an address within one. */
export interface CIDR {
  readonly address: IPAddress;
  /** The network alone, as it should be written: `10.0.0.0/8`. */
  readonly standard: string;
  readonly bits: number;
  /** Whether the address is the network's first. */
  readonly isNetwork: boolean;
  readonly leadingZeros: boolean;
}

const fourNumbers = /^(\d+)\.(\d+)\.(\d+)\.(\d+)$/;
const mappedWords = /^::ffff:([0-9a-f]+):([0-9a-f]+)$/;

/** Parses an address as Kubernetes always has: IPv4 parts may have leading zeros. Undefined when it is none. Behaviour: utils/net ParseIPSloppy. */
export function parseIP(text: string): IPAddress | undefined {
  const parts = fourNumbers.exec(text)?.slice(1);
  if (parts !== undefined) {
    const standard = parts.map(Number).join('.');
    return parts.every((part) => Number(part) <= 255)
      ? { version: 4, standard, leadingZeros: standard !== text, mapped: false }
      : undefined;
  }
  if (!isIPv6(text)) return undefined;
  const standard = standardIPv6(text);
  const words = mappedWords.exec(standard)?.slice(1);
  if (words === undefined) return { version: 6, standard, leadingZeros: false, mapped: false };
  const bytes = words.map((word) => Number.parseInt(word, 16)).flatMap((n) => [n >> 8, n & 255]);
  return { version: 4, standard: bytes.join('.'), leadingZeros: false, mapped: true };
}

/** Parses `ADDRESS/BITS` as leniently. Behaviour: utils/net ParseCIDRSloppy. */
export function parseCIDR(text: string): CIDR | undefined {
  const slash = text.indexOf('/');
  const length = text.slice(slash + 1);
  const address = slash < 0 ? undefined : parseIP(text.slice(0, slash));
  if (address === undefined || !/^\d+$/.test(length)) return undefined;
  const size = address.version === 4 ? 32 : 128;
  // What is mapped is measured as the IPv6 address that it was written as.
  const bits = Number(length) - (address.mapped ? 96 : 0);
  if (bits < 0 || bits > size) return undefined;
  const network = networkOf(address, size, bits);
  return {
    address,
    standard: `${network}/${bits}`,
    bits,
    isNetwork: network === address.standard,
    leadingZeros: address.leadingZeros || String(Number(length)) !== length,
  };
}

function networkOf({ version, standard }: IPAddress, size: number, bits: number): string {
  const [radix, width, separator] = version === 4 ? [10, 8, '.'] : [16, 16, ':'];
  const host = BigInt(size - bits);
  const value = groupsOf(standard, version).reduce(
    (sum, group) => (sum << BigInt(width)) | BigInt(Number.parseInt(group, radix)),
    0n,
  );
  const network = (value >> host) << host;
  const groups = Array.from({ length: size / width }, (_, index) =>
    Number(BigInt.asUintN(width, network >> BigInt(size - width * (index + 1)))).toString(radix),
  );
  const text = groups.join(separator);
  return version === 4 ? text : standardIPv6(text);
}

function groupsOf(standard: string, version: 4 | 6): string[] {
  if (version === 4) return standard.split('.');
  const [head = [], tail = []] = standard
    .split('::')
    .map((half) => half.split(':').filter((group) => group !== ''));
  const gap = Array.from({ length: 8 - head.length - tail.length }, () => '0');
  return [...head, ...gap, ...tail];
}

/** The URL parser reads IPv6 addresses without zones as Go does. */
const isIPv6 = (text: string): boolean =>
  /^[\da-fA-F:.]+$/.test(text) && URL.canParse(`http://[${text}]`);

/** The WHATWG URL parser writes IPv6 addresses as RFC 5952 does. */
function standardIPv6(text: string): string {
  return new URL(`http://[${text}]`).hostname.slice(1, -1);
}

import { isIPv4, isIPv6 } from 'node:net';

/** What services call a family of addresses. */
export type IPFamily = 'IPv4' | 'IPv6';

/** An address, and what is unusual about how it was written. */
export interface IPAddress {
  /** An IPv4 address in the clothes of an IPv6 one is IPv4. */
  readonly family: IPFamily;
  readonly value: bigint;
  /** As it should be written: RFC 5952. */
  readonly standard: string;
  readonly leadingZeros: boolean;
  readonly mapped: boolean;
}

const mappedPrefix = 0xffffn << 32n;
const quad = /^(\d+)\.(\d+)\.(\d+)\.(\d+)$/;

/** Parses an address as Kubernetes always has: IPv4 parts may have leading zeros. Undefined when it is none. */
export function parseIP(text: string): IPAddress | undefined {
  return text.includes(':') ? parseIPv6(text) : parseIPv4(text);
}

function parseIPv4(text: string): IPAddress | undefined {
  const standard = withoutLeadingZeros(text);
  if (standard === undefined) return undefined;
  const value = standard.split('.').reduce((sum, part) => (sum << 8n) | BigInt(part), 0n);
  return { family: 'IPv4', value, standard, leadingZeros: standard !== text, mapped: false };
}

function withoutLeadingZeros(text: string): string | undefined {
  const standard = quad.exec(text)?.slice(1).map(Number).join('.');
  return standard !== undefined && isIPv4(standard) ? standard : undefined;
}

function parseIPv6(text: string): IPAddress | undefined {
  const tail = text.slice(text.lastIndexOf(':') + 1);
  const standardTail = tail.includes('.') ? withoutLeadingZeros(tail) : tail;
  if (standardTail === undefined) return undefined;
  const cleaned = text.slice(0, text.length - tail.length) + standardTail;
  if (!isIPv6(cleaned) || cleaned.includes('%')) return undefined;
  const leadingZeros = cleaned !== text;
  const whole = valueOfIPv6(cleaned);
  if (whole >> 32n !== mappedPrefix >> 32n)
    return {
      family: 'IPv6',
      value: whole,
      standard: ipText('IPv6', whole),
      leadingZeros,
      mapped: false,
    };
  const value = whole & 0xffff_ffffn;
  return { family: 'IPv4', value, standard: ipText('IPv4', value), leadingZeros, mapped: true };
}

function valueOfIPv6(text: string): bigint {
  // The URL parser writes every valid form, embedded IPv4 too, in groups of hexadecimal digits.
  const [head = '', rest] = new URL(`http://[${text}]`).hostname.slice(1, -1).split('::');
  const groups = (part: string) => (part === '' ? [] : part.split(':'));
  const [first, last] = [groups(head), groups(rest ?? '')];
  const zeros = Array.from({ length: 8 - first.length - last.length }, () => '0');
  return [...first, ...zeros, ...last].reduce(
    (sum, group) => (sum << 16n) | BigInt(`0x${group}`),
    0n,
  );
}

/** Writes an address as it should be written. */
export function ipText(family: IPFamily, value: bigint): string {
  if (family === 'IPv4')
    return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 0xffn)).join('.');
  const groups = Array.from({ length: 8 }, (_, index) =>
    ((value >> BigInt(112 - index * 16)) & 0xffffn).toString(16),
  );
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
}

/** How many bits the addresses of a family have. */
export const bitsOf = (family: IPFamily): number => (family === 'IPv4' ? 32 : 128);

/** The other family of the two. */
export const otherFamily = (family: string): IPFamily => (family === 'IPv4' ? 'IPv6' : 'IPv4');

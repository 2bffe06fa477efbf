import { isIPv4, isIPv6 } from 'node:net';
import { invalid, type FieldError, type FieldPath } from '@keelson/api-machinery';

/** An address, and what is unusual about how it was written. */
export interface ParsedAddress {
  readonly version: 4 | 6;
  /** As it should be written. */
  readonly standard: string;
  readonly leadingZeros: boolean;
  /** An IPv4 address in the clothes of an IPv6 one. */
  readonly mapped: boolean;
}

const sloppyIPv4 = /^(\d+)\.(\d+)\.(\d+)\.(\d+)$/;

/** Parses an address as Kubernetes always has: IPv4 parts may have leading zeros. Undefined when it is none. */
export function parseIP(text: string): ParsedAddress | undefined {
  const parts = sloppyIPv4.exec(text)?.slice(1);
  if (parts !== undefined) {
    const standard = parts.map(Number).join('.');
    return isIPv4(standard)
      ? { version: 4, standard, leadingZeros: standard !== text, mapped: false }
      : undefined;
  }
  if (!isIPv6(text) || text.includes('%')) return undefined;
  const standard = new URL(`http://[${text}]`).hostname.slice(1, -1);
  const mapped = /^::ffff:([0-9a-f]+):([0-9a-f]+)$/.exec(standard);
  if (mapped === null) return { version: 6, standard, leadingZeros: false, mapped: false };
  const bytes = mapped
    .slice(1)
    .flatMap((word) => [Number.parseInt(word, 16) >> 8, Number.parseInt(word, 16) & 255]);
  return { version: 4, standard: bytes.join('.'), leadingZeros: false, mapped: true };
}

/** An address; `old` ones may stay as they are. Behaviour: util/validation IsValidIPForLegacyField with strict validation, v1.37. */
export function validateIp(
  address: string,
  path: FieldPath,
  old: readonly string[] = [],
): FieldError[] {
  if (old.includes(address)) return [];
  const parsed = parseIP(address);
  if (parsed === undefined)
    return [
      invalid(path, address, 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)'),
    ];
  if (parsed.leadingZeros) return [invalid(path, address, 'must not have leading 0s')];
  return parsed.mapped ? [invalid(path, address, 'must not be an IPv4-mapped IPv6 address')] : [];
}

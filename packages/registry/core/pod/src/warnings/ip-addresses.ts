import { isIPv4, isIPv6 } from 'node:net';
import type { FieldPath } from '@keelson/api-machinery';

/** An address, and what is unusual about how it was written. */
interface ParsedAddress {
  readonly version: 4 | 6;
  /** As it should be written. */
  readonly standard: string;
  readonly leadingZeros: boolean;
  /** An IPv4 address in the clothes of an IPv6 one. */
  readonly mapped: boolean;
}

const sloppyIPv4 = /^(\d+)\.(\d+)\.(\d+)\.(\d+)$/;

/** Parses an address as Kubernetes always has: IPv4 parts may have leading zeros. Undefined when it is none. */
function parseIP(text: string): ParsedAddress | undefined {
  const parts = sloppyIPv4.exec(text)?.slice(1);
  if (parts !== undefined) {
    const standard = parts.map(Number).join('.');
    return isIPv4(standard) ? { version: 4, standard, leadingZeros: standard !== text, mapped: false } : undefined;
  }
  if (!isIPv6(text) || text.includes('%')) return undefined;
  const standard = new URL(`http://[${text}]`).hostname.slice(1, -1);
  const mapped = /^::ffff:([0-9a-f]+):([0-9a-f]+)$/.exec(standard);
  if (mapped === null) return { version: 6, standard, leadingZeros: false, mapped: false };
  const bytes = mapped.slice(1).flatMap((word) => [Number.parseInt(word, 16) >> 8, Number.parseInt(word, 16) & 255]);
  return { version: 4, standard: bytes.join('.'), leadingZeros: false, mapped: true };
}

/** Behaviour: util/validation GetWarningsForIP, v1.37. */
export function ipWarnings(path: FieldPath, text: string): string[] {
  const ip = parseIP(text);
  if (ip === undefined) return [];
  const quoted = JSON.stringify(text);
  if (ip.leadingZeros || ip.mapped) return [`${path}: non-standard IP address ${quoted} is invalid: use "${ip.standard}"`];
  if (ip.standard === text) return [];
  return [`${path}: IPv6 address ${quoted} should be in RFC 5952 canonical format ("${ip.standard}")`];
}

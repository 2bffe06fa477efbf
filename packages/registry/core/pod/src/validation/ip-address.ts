import { isIP, isIPv4 } from 'node:net';
import { invalid, type FieldError, type FieldPath } from '@keelson/api-machinery';

const malformed = 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)';

/** An address; `old` ones may stay as they are. Behaviour: util/validation IsValidIPForLegacyField with strict validation, v1.37. */
export function validateIp(address: string, path: FieldPath, old: readonly string[] = []): FieldError[] {
  if (old.includes(address)) return [];
  if (isIP(address) !== 0 && !address.includes('%')) {
    return isMapped(address) ? [invalid(path, address, 'must not be an IPv4-mapped IPv6 address')] : [];
  }
  return [invalid(path, address, hasLeadingZeros(address) ? 'must not have leading 0s' : malformed)];
}

/** An IPv4 address in the clothes of an IPv6 one. */
function isMapped(address: string): boolean {
  return /^(0*:)*:?(0*:)*ffff:(\d+\.\d+\.\d+\.\d+|[0-9a-f]{1,4}:[0-9a-f]{1,4})$/i.test(address);
}

function hasLeadingZeros(address: string): boolean {
  const parts = address.split('.');
  return parts.length === 4 && isIPv4(parts.map((part) => (/^\d+$/.test(part) ? String(Number(part)) : part)).join('.'));
}

import { isIPv6 } from 'node:net';
import type { FieldPath } from '@keelson/api-machinery';

/** An IPv6 address that is not written the usual way. Behaviour: util/validation GetWarningsForIP, v1.37. */
export function ipWarnings(address: string, path: FieldPath): string[] {
  if (!isIPv6(address)) return [];
  const canonical = new URL(`http://[${address}]/`).hostname.slice(1, -1);
  if (canonical === address) return [];
  return [`${path}: IPv6 address ${JSON.stringify(address)} should be in RFC 5952 canonical format (${JSON.stringify(canonical)})`];
}

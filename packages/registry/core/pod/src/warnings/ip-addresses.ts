import type { FieldPath } from '@keelson/api-machinery';
import { parseIP } from '../validation/ip-address.ts';

/** An address that is not written the usual way. Behaviour: util/validation GetWarningsForIP, v1.37. */
export function ipWarnings(path: FieldPath, text: string): string[] {
  const ip = parseIP(text);
  if (ip === undefined) return [];
  const quoted = JSON.stringify(text);
  if (ip.leadingZeros || ip.mapped)
    return [
      `${path.toString()}: non-standard IP address ${quoted} is invalid: use "${ip.standard}"`,
    ];
  if (ip.standard === text) return [];
  return [
    `${path.toString()}: IPv6 address ${quoted} should be in RFC 5952 canonical format ("${ip.standard}")`,
  ];
}

import { invalid, type FieldError, type FieldPath } from '@keelson/api-machinery';
import { parseCIDR } from './cidr.ts';
import { parseIP } from './ip-address.ts';

// Behaviour: apimachinery util/validation/ip.go, with strict validation, v1.37.

/** An address; the object's old ones may stay as they are. */
export function validateIP(
  value: string,
  path: FieldPath,
  old: readonly string[] = [],
): FieldError[] {
  if (old.includes(value)) return [];
  const parsed = parseIP(value);
  if (parsed === undefined)
    return [invalid(path, value, 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)')];
  if (parsed.leadingZeros) return [invalid(path, value, 'must not have leading 0s')];
  return parsed.mapped ? [invalid(path, value, 'must not be an IPv4-mapped IPv6 address')] : [];
}

/** A range; the object's old ones may stay as they are. */
export function validateCIDR(
  value: string,
  path: FieldPath,
  old: readonly string[] = [],
): FieldError[] {
  if (old.includes(value)) return [];
  const parsed = parseCIDR(value);
  if (parsed === undefined)
    return [
      invalid(path, value, 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)'),
    ];
  if (parsed.leadingZeros)
    return [invalid(path, value, 'must not have leading 0s in IP or prefix length')];
  if (parsed.address.mapped)
    return [invalid(path, value, 'must not have an IPv4-mapped IPv6 address')];
  return parsed.ambiguous
    ? [invalid(path, value, 'must not have bits set beyond the prefix length')]
    : [];
}

/** What is unusual about an address. */
export function ipWarnings(value: string, path: FieldPath): string[] {
  const parsed = parseIP(value);
  if (parsed === undefined) return [];
  const { leadingZeros, mapped, standard } = parsed;
  if (leadingZeros || mapped)
    return [`${String(path)}: non-standard IP address "${value}" is invalid: use "${standard}"`];
  return standard === value
    ? []
    : [
        `${String(path)}: IPv6 address "${value}" should be in RFC 5952 canonical format ("${standard}")`,
      ];
}

/** What is unusual about a range. */
export function cidrWarnings(value: string, path: FieldPath): string[] {
  const parsed = parseCIDR(value);
  if (parsed === undefined) return [];
  const { address, leadingZeros, ambiguous, standard, family } = parsed;
  const single = `${address.standard}/${family === 'IPv4' ? 32 : 128}`;
  const warnings = [
    ...(ambiguous
      ? [
          `${String(path)}: CIDR value "${value}" is ambiguous in this context (should be "${standard}" or "${single}"?)`,
        ]
      : []),
    ...(leadingZeros || address.mapped
      ? [`${String(path)}: non-standard CIDR value "${value}" is invalid: use "${standard}"`]
      : []),
  ];
  if (warnings.length > 0 || standard === value) return warnings;
  return [
    `${String(path)}: IPv6 CIDR value "${value}" should be in RFC 5952 canonical format ("${standard}")`,
  ];
}

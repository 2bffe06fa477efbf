// What is wrong, or only odd, with addresses and networks.
// Behaviour: k8s.io/apimachinery util/validation IsValidIPForLegacyField, IsValidCIDRForLegacyField with strict validation, GetWarningsForIP, GetWarningsForCIDR, v1.37.

import { invalid, type FieldError } from './field-error.ts';
import type { FieldPath } from './field-path.ts';
import { goQuote } from './go-quote.ts';
import { parseCIDR, parseIP } from './ip-address.ts';

/** An address; `old` ones may stay as they are. */
export function validateIP(
  text: string,
  path: FieldPath | string,
  old: readonly string[] = [],
): FieldError[] {
  if (old.includes(text)) return [];
  const problem = ipProblem(text);
  return problem === undefined ? [] : [invalid(path, text, problem)];
}

function ipProblem(text: string): string | undefined {
  const ip = parseIP(text);
  if (ip === undefined) return 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)';
  if (ip.leadingZeros) return 'must not have leading 0s';
  return ip.mapped ? 'must not be an IPv4-mapped IPv6 address' : undefined;
}

/** Addresses that other machines cannot reach, by how their standard form begins. */
const unreachable: readonly (readonly [RegExp, (text: string) => string])[] = [
  [/^(0\.0\.0\.0|::)$/, (text) => `may not be unspecified (${text})`],
  [/^(127\.|::1$)/, () => 'may not be in the loopback range (127.0.0.0/8, ::1/128)'],
  [
    /^(169\.254\.|fe[89ab])/,
    () => 'may not be in the link-local range (169.254.0.0/16, fe80::/10)',
  ],
  [
    /^(224\.0\.0\.|ff[0-9a-f]2:)/,
    () => 'may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)',
  ],
];

/** That other machines can reach an address. Behaviour: core/validation ValidateEndpointIP, v1.37. */
export function validateReachableIP(text: string, path: FieldPath | string): FieldError[] {
  const ip = parseIP(text);
  if (ip === undefined) return [invalid(path, text, 'must be a valid IP address')];
  return unreachable
    .filter(([range]) => range.test(ip.standard))
    .map(([, problem]) => invalid(path, text, problem(text)));
}

/** A network; `old` ones may stay as they are. */
export function validateCIDR(
  text: string,
  path: FieldPath | string,
  old: readonly string[] = [],
): FieldError[] {
  if (old.includes(text)) return [];
  const problem = cidrProblem(text);
  return problem === undefined ? [] : [invalid(path, text, problem)];
}

function cidrProblem(text: string): string | undefined {
  const cidr = parseCIDR(text);
  if (cidr === undefined) return 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)';
  if (cidr.leadingZeros) return 'must not have leading 0s in IP or prefix length';
  if (cidr.address.mapped) return 'must not have an IPv4-mapped IPv6 address';
  return cidr.isNetwork ? undefined : 'must not have bits set beyond the prefix length';
}

/** An address that is not written the usual way. */
export function ipWarnings(path: FieldPath | string, text: string): string[] {
  const ip = parseIP(text);
  if (ip === undefined || ip.standard === text) return [];
  return [
    ip.version === 4
      ? `${path.toString()}: non-standard IP address ${goQuote(text)} is invalid: use "${ip.standard}"`
      : `${path.toString()}: IPv6 address ${goQuote(text)} should be in RFC 5952 canonical format ("${ip.standard}")`,
  ];
}

/** A network that is not written the usual way. */
export function cidrWarnings(path: FieldPath | string, text: string): string[] {
  const cidr = parseCIDR(text);
  if (cidr === undefined) return [];
  const { address, standard, bits, isNetwork, leadingZeros } = cidr;
  const warnings: string[] = [];
  const at = path.toString();
  if (!isNetwork)
    warnings.push(
      `${at}: CIDR value ${goQuote(text)} is ambiguous in this context (should be "${standard}" or "${address.standard}/${address.version === 4 ? 32 : 128}"?)`,
    );
  if (leadingZeros || address.mapped)
    warnings.push(`${at}: non-standard CIDR value ${goQuote(text)} is invalid: use "${standard}"`);
  const canonical = `${address.standard}/${bits}`;
  if (warnings.length === 0 && address.version === 6 && canonical !== text)
    warnings.push(
      `${at}: IPv6 CIDR value ${goQuote(text)} should be in RFC 5952 canonical format ("${canonical}")`,
    );
  return warnings;
}

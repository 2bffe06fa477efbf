import { invalid, type FieldError, type FieldPath } from '@keelson/api-machinery';
import { parseIP, type IPAddress } from './ip-address.ts';

const startsWith = ({ family, value }: IPAddress, bits: number, prefix: bigint): boolean =>
  value >> BigInt((family === 'IPv4' ? 32 : 128) - bits) === prefix;

const isLoopback = (ip: IPAddress): boolean =>
  ip.family === 'IPv4' ? startsWith(ip, 8, 127n) : ip.value === 1n;
const isLinkLocal = (ip: IPAddress): boolean =>
  ip.family === 'IPv4' ? startsWith(ip, 16, 0xa9fen) : startsWith(ip, 10, 0xfe80n >> 6n);
const isLinkLocalMulticast = (ip: IPAddress): boolean =>
  ip.family === 'IPv4' ? startsWith(ip, 24, 0xe00000n) : ((ip.value >> 112n) & 0xff0fn) === 0xff02n;

/** That other machines can reach an address. Behaviour: pkg/apis/core/validation ValidateEndpointIP, v1.37. */
export function validateReachable(value: string, path: FieldPath): FieldError[] {
  const ip = parseIP(value);
  if (ip === undefined) return [invalid(path, value, 'must be a valid IP address')];
  const problems = [
    ...(ip.value === 0n ? [`may not be unspecified (${value})`] : []),
    ...(isLoopback(ip) ? ['may not be in the loopback range (127.0.0.0/8, ::1/128)'] : []),
    ...(isLinkLocal(ip) ? ['may not be in the link-local range (169.254.0.0/16, fe80::/10)'] : []),
    ...(isLinkLocalMulticast(ip)
      ? ['may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)']
      : []),
  ];
  return problems.map((problem) => invalid(path, value, problem));
}

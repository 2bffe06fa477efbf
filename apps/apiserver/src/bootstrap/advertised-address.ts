import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';

/**
 * Where others reach this server: the address that was given, the one it is bound to, or, when it is bound to all or to
 * loopback, one of the machine's own. Undefined where the machine has none. Behaviour: apimachinery net ResolveBindAddress.
 */
export function advertisedAddress(given: string, bound: string): string | undefined {
  if (given !== '') return given;
  if (isIP(bound) !== 0 && !isLocal(bound)) return bound;
  const own = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return own.find(
    ({ internal, family, address }) =>
      !internal && family === 'IPv4' && !address.startsWith('169.254.'),
  )?.address;
}

const isLocal = (address: string): boolean =>
  address === '0.0.0.0' || address === '::' || address === '::1' || address.startsWith('127.');

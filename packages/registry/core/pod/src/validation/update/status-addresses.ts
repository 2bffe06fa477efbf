import {
  fieldPath,
  internalError,
  invalid,
  parseIP,
  validateIP,
  type FieldError,
  type FieldPath,
} from '@keelson/api-machinery';
import type { PodStatus } from '@keelson/kubernetes-api/core/v1';
import { eachOf } from '../findings.ts';

/** A pod's own addresses: one of each family, the first of which stands for all. Behaviour: core/validation validatePodIPs, v1.37. */
export function validatePodIPs(
  { podIP = '', podIPs = [] }: PodStatus,
  old: PodStatus,
): FieldError[] {
  const path = fieldPath('status', 'podIPs');
  const errors = [
    ...validateAddresses(podIPs, old.podIPs, path),
    ...validateFamilies(podIPs, path),
  ];
  const first = podIPs[0]?.ip;
  if ((podIP !== '') !== (first !== undefined)) {
    const shown = podIPs.length === 0 ? null : podIPs.map(({ ip }) => ({ IP: ip }));
    return [
      ...errors,
      invalid(path, shown, 'podIP and podIPs must either both be set or both be unset'),
    ];
  }
  return first === undefined || first === podIP
    ? errors
    : [...errors, invalid(path.index(0).child('ip'), first, 'must be equal to `podIP`')];
}

/** Its node's addresses. Behaviour: core/validation validateHostIPs, v1.37. */
export function validateHostIPs(
  { hostIP = '', hostIPs = [] }: PodStatus,
  old: PodStatus,
): FieldError[] {
  const path = fieldPath('status', 'hostIPs');
  const first = hostIPs[0]?.ip;
  const differs = first !== undefined && first !== hostIP;
  return [
    ...(differs ? [invalid(path.index(0).child('ip'), first, 'must be equal to `hostIP`')] : []),
    ...validateAddresses(hostIPs, old.hostIPs, path),
    ...validateFamilies(hostIPs, path),
  ];
}

interface Address {
  readonly ip: string;
}

/** Wrong addresses that are there already may stay. */
function validateAddresses(
  addresses: readonly Address[],
  old: readonly Address[] = [],
  path: FieldPath,
): FieldError[] {
  const kept = old.map(({ ip }) => ip);
  return eachOf(addresses, path, ({ ip }, at) => validateIP(ip, at, kept));
}

function validateFamilies(addresses: readonly Address[], path: FieldPath): FieldError[] {
  if (addresses.length < 2) return [];
  const versions = addresses.map(({ ip }) => parseIP(ip)?.version);
  const broken = versions.indexOf(undefined);
  const errors: FieldError[] = [];
  if (broken >= 0)
    errors.push(
      internalError(
        path,
        `failed to check for dual stack with error:invalid IP[${broken}]: ${addresses[broken]?.ip ?? ''}`,
      ),
    );
  if (broken >= 0 || new Set(versions).size !== 2 || addresses.length > 2) {
    errors.push(
      invalid(
        path,
        addresses.map(({ ip }) => ({ IP: ip })),
        'may specify no more than one IP for each IP family',
      ),
    );
  }
  return errors;
}

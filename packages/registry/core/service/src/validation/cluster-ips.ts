import {
  duplicate,
  fieldPath,
  internalError,
  invalid,
  notSupported,
  required,
  type FieldError,
} from '@keelson/api-machinery';
import type { Service } from '@keelson/kubernetes-api/core/v1';
import { parseIP } from '../addresses/ip-address.ts';
import { validateIP } from '../addresses/legacy-values.ts';
import { isExternalName, isHeadless, noClusterIP } from '../service-traits.ts';

const clusterIPsPath = fieldPath('spec', 'clusterIPs');
const ipFamiliesPath = fieldPath('spec', 'ipFamilies');
const ipFamilyPolicyPath = fieldPath('spec', 'ipFamilyPolicy');
const families = ['IPv4', 'IPv6'];
const policies = ['PreferDualStack', 'RequireDualStack', 'SingleStack'];

/** That addresses, families and family policy fit together. Behaviour: ValidateServiceClusterIPsRelatedFields, v1.37. */
export function validateClusterIPs(service: Service, old?: Service): FieldError[] {
  if (isExternalName(service)) return [];
  const { clusterIPs = [], ipFamilyPolicy } = service.spec;
  const before = [
    ...validateFirst(service),
    ...validateFamilies(service),
    ...(ipFamilyPolicy === undefined || policies.includes(ipFamilyPolicy)
      ? []
      : [notSupported(ipFamilyPolicyPath, ipFamilyPolicy, policies)]),
  ];
  const malformed = clusterIPs.flatMap((ip, index) => {
    if (index > 0 || ip !== noClusterIP)
      return validateIP(ip, clusterIPsPath.index(index), old?.spec.clusterIPs);
    return clusterIPs.length > 1
      ? [invalid(clusterIPsPath, clusterIPs, "'None' must be the first and only value")]
      : [];
  });
  const tooMany =
    clusterIPs.length > 2
      ? [invalid(clusterIPsPath, clusterIPs, 'may only hold up to 2 values')]
      : [];
  const errors = [...before, ...malformed, ...tooMany];
  return malformed.length > 0
    ? errors
    : [...errors, ...validateStacks(clusterIPs), ...validateMatches(service)];
}

/** `clusterIP` and the first of `clusterIPs` are the same. */
function validateFirst({ spec: { clusterIP = '', clusterIPs = [] } }: Service): FieldError[] {
  if (clusterIP === '')
    return clusterIPs.length === 0
      ? []
      : [invalid(clusterIPsPath, clusterIPs, 'must be empty when `clusterIP` is not specified')];
  if (clusterIPs.length === 0) return [required(clusterIPsPath)];
  return clusterIPs[0] === clusterIP
    ? []
    : [invalid(clusterIPsPath, clusterIPs, 'first value must match `clusterIP`')];
}

const validateFamilies = ({ spec: { ipFamilies = [] } }: Service): FieldError[] =>
  ipFamilies.flatMap((family, index) => {
    const path = ipFamiliesPath.index(index);
    return [
      ...(families.includes(family) ? [] : [notSupported(path, family, families)]),
      ...(ipFamilies.indexOf(family) < index ? [duplicate(path, family)] : []),
    ];
  });

function validateStacks(clusterIPs: readonly string[]): FieldError[] {
  if (clusterIPs.length <= 1) return [];
  const found = new Set(clusterIPs.map((ip) => parseIP(ip)?.family));
  // An old `None` may stay where it is no address.
  const none = clusterIPs.findIndex((ip) => parseIP(ip) === undefined);
  const unknown =
    none === -1
      ? []
      : [
          internalError(
            clusterIPsPath,
            `failed to check for dual stack with error:invalid IP[${none}]: ${clusterIPs[none]}`,
          ),
        ];
  return none === -1 && found.size === families.length
    ? []
    : [
        ...unknown,
        invalid(clusterIPsPath, clusterIPs, 'may specify no more than one IP for each IP family'),
      ];
}

/** Each address is of the family that is named at its place. */
function validateMatches(service: Service): FieldError[] {
  if (isHeadless(service)) return [];
  const { clusterIPs = [], ipFamilies = [] } = service.spec;
  return clusterIPs.flatMap((ip, index) => {
    const expected = ipFamilies[index];
    const isIPv6 = parseIP(ip)?.family === 'IPv6';
    const fits = expected === 'IPv4' ? !isIPv6 : expected === 'IPv6' ? isIPv6 : true;
    return fits
      ? []
      : [
          invalid(
            clusterIPsPath.index(index),
            ip,
            `expected an ${expected} value as indicated by \`ipFamilies[${index}]\``,
          ),
        ];
  });
}

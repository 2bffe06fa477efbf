import { BlockList, isIP } from 'node:net';
import {
  fieldPath,
  invalid,
  isDNS1123Label,
  isValidPortNum,
  nameIsDNSSubdomain,
  notSupported,
  required,
  semanticEqual,
  type FieldError,
  type FieldPath,
} from '@keelson/api-machinery';
import type {
  EndpointAddress,
  EndpointPort,
  EndpointSubset,
  Endpoints,
} from '@keelson/kubernetes-api/core/v1';

/** Behaviour: pkg/apis/core/validation ValidateEndpoints, v1.37. */
export function validateEndpoints({ subsets = [] }: Endpoints): FieldError[] {
  return subsets.flatMap((subset, index) =>
    validateSubset(subset, fieldPath('subsets').index(index)),
  );
}

/** What was let in once may stay. */
export function validateEndpointsUpdate(endpoints: Endpoints, old: Endpoints): FieldError[] {
  return semanticEqual(endpoints.subsets, old.subsets) ? [] : validateEndpoints(endpoints);
}

function validateSubset(
  { addresses = [], notReadyAddresses = [], ports = [] }: EndpointSubset,
  path: FieldPath,
): FieldError[] {
  const none = addresses.length + notReadyAddresses.length === 0;
  return [
    ...(none ? [required(path, 'must specify `addresses` or `notReadyAddresses`')] : []),
    ...addresses.flatMap((address, index) =>
      validateAddress(address, path.child('addresses').index(index)),
    ),
    ...notReadyAddresses.flatMap((address, index) =>
      validateAddress(address, path.child('notReadyAddresses').index(index)),
    ),
    ...ports.flatMap((port, index) =>
      validatePort(port, ports.length > 1, path.child('ports').index(index)),
    ),
  ];
}

function validateAddress(
  { ip, hostname = '', nodeName }: EndpointAddress,
  path: FieldPath,
): FieldError[] {
  return [
    ...validateIP(ip, path.child('ip')),
    ...(hostname === ''
      ? []
      : isDNS1123Label(hostname).map((problem) =>
          invalid(path.child('hostname'), hostname, problem),
        )),
    ...(nodeName === undefined
      ? []
      : nameIsDNSSubdomain(nodeName, false).map((problem) =>
          invalid(path.child('nodeName'), nodeName, problem),
        )),
    ...validateReachable(ip, path.child('ip')),
  ];
}

function validateIP(ip: string, path: FieldPath): FieldError[] {
  return isIP(ip) === 0
    ? [invalid(path, ip, 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)')]
    : [];
}

function range(...networks: readonly (readonly [string, number, 'ipv4' | 'ipv6'])[]): BlockList {
  const list = new BlockList();
  for (const [address, bits, family] of networks) list.addSubnet(address, bits, family);
  return list;
}

/** Addresses that other machines cannot reach. */
const unreachable: readonly { readonly list: BlockList; text(ip: string): string }[] = [
  {
    list: range(['0.0.0.0', 32, 'ipv4'], ['::', 128, 'ipv6']),
    text: (ip) => `may not be unspecified (${ip})`,
  },
  {
    list: range(['127.0.0.0', 8, 'ipv4'], ['::1', 128, 'ipv6']),
    text: () => 'may not be in the loopback range (127.0.0.0/8, ::1/128)',
  },
  {
    list: range(['169.254.0.0', 16, 'ipv4'], ['fe80::', 10, 'ipv6']),
    text: () => 'may not be in the link-local range (169.254.0.0/16, fe80::/10)',
  },
  {
    list: range(['224.0.0.0', 24, 'ipv4'], ['ff02::', 16, 'ipv6']),
    text: () => 'may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)',
  },
];

/** Behaviour: ValidateEndpointIP. */
function validateReachable(ip: string, path: FieldPath): FieldError[] {
  const family = isIP(ip);
  if (family === 0) return [invalid(path, ip, 'must be a valid IP address')];
  return unreachable
    .filter(({ list }) => list.check(ip, family === 4 ? 'ipv4' : 'ipv6'))
    .map(({ text }) => invalid(path, ip, text(ip)));
}

function validatePort(
  { name = '', port, protocol = '' }: EndpointPort,
  named: boolean,
  path: FieldPath,
): FieldError[] {
  const errors: FieldError[] = [];
  if (named && name === '') errors.push(required(path.child('name')));
  else if (name !== '')
    errors.push(
      ...isDNS1123Label(name).map((problem) => invalid(path.child('name'), name, problem)),
    );
  errors.push(...isValidPortNum(port).map((problem) => invalid(path.child('port'), port, problem)));
  if (protocol === '') errors.push(required(path.child('protocol')));
  else if (!['TCP', 'UDP', 'SCTP'].includes(protocol))
    errors.push(notSupported(path.child('protocol'), protocol, ['SCTP', 'TCP', 'UDP']));
  return errors;
}

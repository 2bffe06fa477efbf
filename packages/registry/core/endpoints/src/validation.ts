import {
  fieldPath,
  invalid,
  isDNS1123Label,
  isQualifiedName,
  isValidPortNum,
  nameIsDNSSubdomain,
  notSupported,
  required,
  validateIP,
  validateReachableIP,
  type FieldError,
  type FieldPath,
} from '@keelson/api-machinery';
import { sameAs } from '@keelson/kubernetes-api';
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
  const { subsets } = endpoints;
  return sameAs('core/v1.Endpoints', { subsets }, { subsets: old.subsets })
    ? []
    : validateEndpoints(endpoints);
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
    ...validateReachableIP(ip, path.child('ip')),
  ];
}

function validatePort(
  { name = '', port, protocol = '', appProtocol }: EndpointPort,
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
  if (appProtocol !== undefined)
    errors.push(
      ...isQualifiedName(appProtocol).map((problem) =>
        invalid(path.child('appProtocol'), appProtocol, problem),
      ),
    );
  return errors;
}

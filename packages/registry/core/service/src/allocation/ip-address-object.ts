import { formatTime, newUID } from '@keelson/api-machinery';
import type { IPAddress } from '@keelson/kubernetes-api/networking/v1';
import type { IPFamily } from '../addresses/ip-address.ts';

/** Who made an IPAddress, as its label says. */
export const allocatorName = 'ipallocator.k8s.io';

const familyLabel = 'ipaddress.kubernetes.io/ip-family';
const managerLabel = 'ipaddress.kubernetes.io/managed-by';

/** The service that an address is for. */
export interface Owner {
  readonly namespace: string;
  readonly name: string;
}

/** The IPAddress by which a service holds an address, as it is stored. Behaviour: ipallocator createIPAddress, v1.37. */
export function ipAddressObject(
  name: string,
  family: IPFamily,
  owner: Owner,
  now: number,
): IPAddress {
  const labels = { [familyLabel]: family, [managerLabel]: allocatorName };
  const parentRef = { resource: 'services', namespace: owner.namespace, name: owner.name };
  const apiVersion = 'networking.k8s.io/v1';
  const time = formatTime(now);
  return {
    kind: 'IPAddress',
    apiVersion,
    metadata: {
      name,
      uid: newUID(),
      creationTimestamp: time,
      labels,
      managedFields: [
        {
          manager: 'kube-apiserver',
          operation: 'Update',
          apiVersion,
          time,
          fieldsType: 'FieldsV1',
          fieldsV1: ownedFields,
        },
      ],
    },
    spec: { parentRef },
  };
}

const ownedFields = {
  'f:metadata': { 'f:labels': { '.': {}, [`f:${familyLabel}`]: {}, [`f:${managerLabel}`]: {} } },
  'f:spec': { 'f:parentRef': { '.': {}, 'f:name': {}, 'f:namespace': {}, 'f:resource': {} } },
};

type Fields = Readonly<Record<string, unknown>>;

/** The service that a key of an address or of a node port names; undefined when it names none, or is not of ours. */
export function ownerOf(held: unknown): Owner | undefined {
  const { service, metadata, spec } = fieldsOf(held);
  if (service !== undefined) return namedOwner(fieldsOf(service));
  const parent = fieldsOf(fieldsOf(spec).parentRef);
  const ours = fieldsOf(fieldsOf(metadata).labels)[managerLabel] === allocatorName;
  return ours && (parent.group ?? '') === '' && parent.resource === 'services'
    ? namedOwner(parent)
    : undefined;
}

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? { ...value } : {};

const namedOwner = ({ namespace, name }: Fields): Owner | undefined =>
  typeof namespace === 'string' && typeof name === 'string' ? { namespace, name } : undefined;

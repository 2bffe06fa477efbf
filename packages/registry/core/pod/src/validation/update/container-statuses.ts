import {
  duplicate,
  forbidden,
  invalid,
  isValidGroupID,
  quantitySign,
  required,
  tooLong,
  type FieldError,
  type FieldPath,
} from '@keelson/api-machinery';
import type {
  Container,
  ContainerStatus,
  LinuxContainerUser,
  PodExtendedResourceClaimStatus,
  PodSpec,
  PodStatus,
  ResourceHealth,
  ResourceStatus,
} from '@keelson/kubernetes-api/core/v1';
import { eachOf, oneOf, problems } from '../findings.ts';

/** What nodes say of the containers of a pod. */
export function validateContainerStatuses(
  status: PodStatus,
  spec: PodSpec,
  path: FieldPath,
): FieldError[] {
  const lists = [
    'containerStatuses',
    'initContainerStatuses',
    'ephemeralContainerStatuses',
  ] as const;
  return [
    ...lists.flatMap((list) =>
      eachOf(status[list], path.child(list), (one, at) =>
        validateUser(one, spec.os?.name, at.child('user', 'linux')),
      ),
    ),
    ...validateAllocated(
      status.containerStatuses,
      spec.containers,
      status,
      path.child('containerStatuses'),
    ),
    ...validateAllocated(
      status.initContainerStatuses,
      spec.initContainers,
      status,
      path.child('initContainerStatuses'),
    ),
    ...eachOf(
      status.ephemeralContainerStatuses,
      path.child('ephemeralContainerStatuses'),
      ({ allocatedResourcesStatus }, at) =>
        allocatedResourcesStatus?.length
          ? [
              forbidden(
                at.child('allocatedResourcesStatus'),
                'must not be specified in container status',
              ),
            ]
          : [],
    ),
  ];
}

/** Runtimes may report any Linux user, which is more than specs may ask for. */
const highestUser = 2 ** 32 - 1;

/** Behaviour: core/validation validateContainerStatusUsers, v1.37. */
function validateUser(
  { user }: ContainerStatus,
  os: string | undefined,
  path: FieldPath,
): FieldError[] {
  if (user?.linux === undefined) return [];
  if (os === 'windows') return [forbidden(path, 'cannot be set for a windows pod')];
  return os === undefined || os === 'linux' ? validateLinuxUser(user.linux, path) : [];
}

function validateLinuxUser(
  { uid, gid, supplementalGroups }: LinuxContainerUser,
  path: FieldPath,
): FieldError[] {
  return [
    ...(uid < 0 || uid > highestUser
      ? [invalid(path.child('uid'), uid, `must be between 0 and ${highestUser}, inclusive`)]
      : []),
    ...problems(path.child('gid'), gid, isValidGroupID(gid)),
    ...eachOf(supplementalGroups, path.child('supplementalGroups'), (group, at) =>
      problems(at, group, isValidGroupID(group)),
    ),
  ];
}

/** Behaviour: core/validation validateContainerStatusAllocatedResourcesStatus, v1.37. */
function validateAllocated(
  statuses: readonly ContainerStatus[] | undefined,
  containers: readonly Container[] | null | undefined,
  { extendedResourceClaimStatus }: PodStatus,
  path: FieldPath,
): FieldError[] {
  const byName = new Map(containers?.map((one) => [one.name, one]));
  return eachOf(statuses, path, ({ name, allocatedResourcesStatus }, at) => {
    const container = byName.get(name);
    return eachOf(
      allocatedResourcesStatus,
      at.child('allocatedResourcesStatus'),
      (resource, where) => [
        // Kubelets may report containers that are gone.
        ...(container === undefined
          ? []
          : validateResource(
              resource,
              container,
              extendedResourceClaimStatus,
              where.child('name'),
            )),
        ...validateHealth(resource.resources, where.child('resources')),
      ],
    );
  });
}

function validateResource(
  { name }: ResourceStatus,
  container: Container,
  extended: PodExtendedResourceClaimStatus | undefined,
  path: FieldPath,
): FieldError[] {
  const { requests = {}, claims = [] } = container.resources;
  if (!name.startsWith('claim:')) {
    return name in requests
      ? []
      : [invalid(path, name, "must match one of the container's resource requests")];
  }
  const isClaim = claims.some(
    (claim) => name === `claim:${claim.name}${claim.request ? `/${claim.request}` : ''}`,
  );
  if (isClaim || isExtended(name, container, extended)) return [];
  const how =
    "'claim:<claimName>/<requestName>' when container.resources.claims[*].request is set or 'claim:<claimName>' when it is empty";
  return [invalid(path, name, `must match one of the container's resource claims as ${how}`)];
}

function isExtended(
  name: string,
  container: Container,
  extended: PodExtendedResourceClaimStatus | undefined,
): boolean {
  if (extended === undefined) return false;
  return (extended.requestMappings ?? []).some(({ containerName, resourceName, requestName }) => {
    const isIt =
      containerName === container.name &&
      requestName !== '' &&
      name === `claim:${extended.resourceClaimName}/${requestName}`;
    return isIt && quantitySign(container.resources.requests?.[resourceName] ?? '0') !== 0;
  });
}

const longestMessage = 1024;

function validateHealth(
  resources: readonly ResourceHealth[] | undefined,
  path: FieldPath,
): FieldError[] {
  const ids = new Set<string>();
  return eachOf(resources, path, ({ resourceID, health = '', message }, at) => {
    const errors = oneOf(at.child('health'), health, ['Healthy', 'Unhealthy', 'Unknown']);
    if (message === '')
      errors.push(required(at.child('message'), 'must be non-empty if specified'));
    else if (message !== undefined && Buffer.byteLength(message) > longestMessage)
      errors.push(tooLong(at.child('message'), longestMessage));
    if (ids.has(resourceID)) errors.push(duplicate(at.child('resourceID'), resourceID));
    ids.add(resourceID);
    return errors;
  });
}

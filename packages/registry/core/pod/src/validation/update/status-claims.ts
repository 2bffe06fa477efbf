import {
  compareQuantity,
  duplicate,
  invalid,
  isDNS1123Subdomain,
  required,
  type FieldError,
  type FieldPath,
} from '@keelson/api-machinery';
import type {
  NodeAllocatableResourceClaimStatus,
  PodExtendedResourceClaimStatus,
  PodSpec,
  PodStatus,
} from '@keelson/kubernetes-api/core/v1';
import { dnsLabel, eachOf, problems } from '../findings.ts';
import { isHugePages } from '../resource-names.ts';

/** What became of the claims of a pod. */
export function validateStatusClaims(
  status: PodStatus,
  spec: PodSpec,
  path: FieldPath,
): FieldError[] {
  const claims = new Set(
    [...(spec.resourceClaims ?? []), ...(status.resourceClaimStatuses ?? [])].map(
      ({ resourceClaimName }) => resourceClaimName,
    ),
  );
  return [
    ...validateResourceClaims(status, spec, path.child('resourceClaimStatuses')),
    ...validateExtended(
      status.extendedResourceClaimStatus,
      spec,
      path.child('extendedResourceClaimStatus'),
    ),
    ...eachOf(
      status.nodeAllocatableResourceClaimStatuses,
      path.child('nodeAllocatableResourceClaimStatuses'),
      (one, at) => validateNodeAllocatable(one, claims, at),
    ),
  ];
}

/** Behaviour: core/validation validatePodResourceClaimStatuses, v1.37. */
function validateResourceClaims(
  { resourceClaimStatuses }: PodStatus,
  spec: PodSpec,
  path: FieldPath,
): FieldError[] {
  const known = new Set(spec.resourceClaims?.map(({ name }) => name));
  const seen = new Set<string>();
  return eachOf(resourceClaimStatuses, path, ({ name, resourceClaimName: claim }, at) => {
    const errors = known.has(name)
      ? []
      : [
          invalid(
            at.child('name'),
            name,
            'must match the name of an entry in `spec.resourceClaims`',
          ),
        ];
    if (seen.has(name)) errors.push(duplicate(at.child('name'), name));
    seen.add(name);
    return claim === undefined
      ? errors
      : [...errors, ...problems(at.child('resourceClaimName'), claim, isDNS1123Subdomain(claim))];
  });
}

/** Behaviour: core/validation validatePodExtendedResourceClaimStatus, v1.37. */
function validateExtended(
  status: PodExtendedResourceClaimStatus | undefined,
  spec: PodSpec,
  path: FieldPath,
): FieldError[] {
  if (status === undefined) return [];
  const containers = new Map(
    [...(spec.initContainers ?? []), ...(spec.containers ?? [])].map((container) => [
      container.name,
      container,
    ]),
  );
  const at = path.child('requestMappings');
  const seen = new Set<string>();
  const mappings = status.requestMappings ?? [];
  const claim = status.resourceClaimName;
  return [
    ...(mappings.length === 0 ? [required(at, 'at least one request mapping is required')] : []),
    ...eachOf(mappings, at, ({ containerName, resourceName, requestName }, where) => {
      const container = containers.get(containerName);
      const errors: FieldError[] = [];
      if (container === undefined) {
        errors.push(
          invalid(
            where.child('containerName'),
            containerName,
            'must match the name of an entry in spec.initContainers.name or spec.containers.name',
          ),
        );
      } else if (container.resources.requests?.[resourceName] === undefined) {
        const lists =
          'spec.initContainers.resources.requests or spec.containers.resources.requests';
        errors.push(
          invalid(
            where.child('resourceName'),
            resourceName,
            `must match the extended resource name of an entry in ${lists}`,
          ),
        );
      }
      // Upstream names the status, not the mapping.
      errors.push(...dnsLabel(requestName, path.child('requestName')));
      const key = JSON.stringify([containerName, resourceName, requestName]);
      if (seen.has(key)) {
        const values = { containerName, resourceName, requestName };
        errors.push(
          ...Object.entries(values).map(([name, value]) => duplicate(where.child(name), value)),
        );
      }
      seen.add(key);
      return errors;
    }),
    ...(claim
      ? problems(path.child('resourceClaimName'), claim, isDNS1123Subdomain(claim))
      : [required(path.child('resourceClaimName'))]),
  ];
}

const isAllocatable = (name: string): boolean =>
  name === 'cpu' || name === 'memory' || isHugePages(name);

/** Behaviour: core/validation validateNodeAllocatableResourceClaimStatus, v1.37. */
function validateNodeAllocatable(
  one: NodeAllocatableResourceClaimStatus,
  claims: ReadonlySet<string | undefined>,
  path: FieldPath,
): FieldError[] {
  const name = one.resourceClaimName;
  if (!name) return [];
  const notNegative = (quantity: string | null | undefined, at: FieldPath) =>
    typeof quantity === 'string' && compareQuantity(quantity, '0') < 0
      ? [invalid(at, quantity, 'must be non-negative')]
      : [];
  const nameProblem = (resource: string, at: FieldPath) =>
    isAllocatable(resource)
      ? []
      : [invalid(at.child('name'), resource, 'must be a node allocatable resource name')];
  return [
    ...(claims.has(name)
      ? []
      : [invalid(path.child('resourceClaimName'), name, 'no mapping found in pod reference')]),
    ...eachOf(one.mapping, path.child('mapping'), (item, at) => [
      ...nameProblem(item.name, at),
      ...notNegative(item.quantity, at.child('quantity')),
    ]),
    ...eachOf(one.overhead, path.child('overhead'), (item, at) => [
      ...nameProblem(item.name, at),
      ...(item.perPod === undefined && item.perContainer === undefined
        ? [invalid(at, '', 'at least one of perPod or perContainer must be set')]
        : []),
      ...notNegative(item.perPod, at.child('perPod')),
      ...notNegative(item.perContainer, at.child('perContainer')),
    ]),
  ];
}

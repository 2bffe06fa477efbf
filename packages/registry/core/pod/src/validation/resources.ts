import {
  compareQuantity,
  duplicate,
  type FieldError,
  type FieldPath,
  forbidden,
  goValue,
  invalid,
  notSupported,
  quantityMilliValue,
  quantitySign,
  required,
} from '@keelson/api-machinery';
import type { PodSpec, ResourceClaim, ResourceRequirements } from '@keelson/kubernetes-api/core/v1';
import { aggregateResources, isPodLevelResource } from '../pod-level-resources.ts';
import { dnsLabel, eachOf, qualifiedName } from './findings.ts';
import {
  isExtended,
  isHugePages,
  isInteger,
  isNative,
  isOvercommitAllowed,
  isStandard,
  isStandardOfContainers,
  isWholePages,
} from './resource-names.ts';

type NameRule = (name: string, path: FieldPath) => FieldError[];

/** What a container asks for. Behaviour: core/validation ValidateContainerResourceRequirements, v1.37. */
export function validateContainerResources(
  resources: ResourceRequirements,
  claims: ReadonlySet<string>,
  path: FieldPath,
): FieldError[] {
  return validateRequirements(resources, containerResourceName, claims, path);
}

/** What a pod as a whole asks for. Behaviour: core/validation validatePodResources, v1.37. */
export function validatePodResources(
  spec: PodSpec,
  claims: ReadonlySet<string>,
  path: FieldPath,
): FieldError[] {
  const { resources } = spec;
  if (resources === undefined) return [];
  if (spec.os?.name === 'windows') return [forbidden(path, 'may not be set for a windows pod')];
  return [
    ...(resources.claims === undefined
      ? []
      : [forbidden(path.child('claims'), 'claims may not be set for Resources at pod-level')]),
    ...validateRequirements(resources, podResourceName, claims, path),
    ...validateConsistency(spec, resources, path),
  ];
}

function validateRequirements(
  resources: ResourceRequirements,
  nameRule: NameRule,
  claims: ReadonlySet<string>,
  path: FieldPath,
): FieldError[] {
  if (Object.keys(resources).length === 0) return [];
  const { limits = {}, requests = {} } = resources;
  const names = [...Object.keys(limits), ...Object.keys(requests)];
  const errors = Object.entries(limits).flatMap(([name, quantity]) =>
    validateAmount(name, quantity, nameRule, path.child('limits').key(name)),
  );
  for (const [name, quantity] of Object.entries(requests)) {
    const at = path.child('requests').key(name);
    errors.push(
      ...nameRule(name, at),
      ...validateQuantity(name, quantity, at),
      ...validateRequest(name, quantity, limits[name], path),
      ...validatePages(name, quantity, at),
    );
  }
  if (names.some(isHugePages) && !names.some((name) => name === 'cpu' || name === 'memory')) {
    errors.push(forbidden(path, 'HugePages require cpu or memory'));
  }
  return resources.claims === undefined
    ? errors
    : [...errors, ...validateClaims(resources.claims, claims, path.child('claims'))];
}

function validateAmount(
  name: string,
  quantity: string,
  nameRule: NameRule,
  path: FieldPath,
): FieldError[] {
  return [
    ...nameRule(name, path),
    ...validateQuantity(name, quantity, path),
    ...validatePages(name, quantity, path),
  ];
}

function validatePages(name: string, quantity: string, path: FieldPath): FieldError[] {
  if (!isHugePages(name) || isWholePages(name, quantity)) return [];
  return [invalid(path, quantity, `${quantity} is not positive integer multiple of ${name}`)];
}

function validateRequest(
  name: string,
  quantity: string,
  limit: string | undefined,
  path: FieldPath,
): FieldError[] {
  const overcommit = isOvercommitAllowed(name);
  if (limit === undefined)
    return overcommit
      ? []
      : [required(path.child('limits'), 'Limit must be set for non overcommitable resources')];
  const difference = compareQuantity(quantity, limit);
  if (difference !== 0 && !overcommit)
    return [
      invalid(path.child('requests'), quantity, `must be equal to ${name} limit of ${limit}`),
    ];
  return difference > 0
    ? [
        invalid(
          path.child('requests'),
          quantity,
          `must be less than or equal to ${name} limit of ${limit}`,
        ),
      ]
    : [];
}

/** How much of a resource. Behaviour: core/validation ValidateResourceQuantityValue, v1.37. */
export function validateQuantity(name: string, quantity: string, path: FieldPath): FieldError[] {
  const errors: FieldError[] = [];
  if (quantitySign(quantity) < 0)
    errors.push(invalid(path, quantity, 'must be greater than or equal to 0'));
  if (isInteger(name) && quantityMilliValue(quantity) % 1000n !== 0n)
    errors.push(invalid(path, quantity, 'must be an integer'));
  return errors;
}

function resourceName(name: string, path: FieldPath): FieldError[] {
  const malformed = qualifiedName(name, path);
  if (malformed.length > 0 || name.includes('/') || isStandard(name)) return malformed;
  return [invalid(path, name, 'must be a standard resource type or fully qualified')];
}

function containerResourceName(name: string, path: FieldPath): FieldError[] {
  const errors = resourceName(name, path);
  if (!name.includes('/')) {
    if (!isStandardOfContainers(name))
      errors.push(invalid(path, name, 'must be a standard resource for containers'));
  } else if (!isNative(name) && !isExtended(name)) {
    errors.push(invalid(path, name, "doesn't follow extended resource name standard"));
  }
  return errors;
}

function podResourceName(name: string, path: FieldPath): FieldError[] {
  const errors = resourceName(name, path);
  return errors.length > 0 || isPodLevelResource(name)
    ? errors
    : [notSupported(path, name, ['cpu', 'hugepages-', 'memory'])];
}

/** The whole must be enough for its parts. */
function validateConsistency(
  spec: PodSpec,
  { requests = {}, limits = {} }: ResourceRequirements,
  path: FieldPath,
): FieldError[] {
  const errors: FieldError[] = [];
  for (const [name, needed] of Object.entries(aggregateResources(spec, 'requests'))) {
    const given = requests[name];
    if (given === undefined || compareQuantity(needed, given) <= 0) continue;
    errors.push(
      invalid(
        path.child('requests').key(name),
        given,
        `must be greater than or equal to aggregate container requests of ${needed}`,
      ),
    );
  }
  for (const [name, needed] of Object.entries(aggregateResources(spec, 'limits'))) {
    const given = limits[name];
    if (!isHugePages(name) || given === undefined || compareQuantity(needed, given) <= 0) continue;
    errors.push(
      invalid(
        path.child('limits').key(name),
        given,
        `must be greater than or equal to aggregate container limits of ${needed}`,
      ),
    );
  }
  for (const [index, container] of (spec.containers ?? []).entries()) {
    for (const [name, limit] of Object.entries(container.resources.limits ?? {})) {
      const most = limits[name];
      if (most === undefined || compareQuantity(limit, most) <= 0) continue;
      // Upstream's path, which leads nowhere.
      const at = path.child('containers').index(index).key(name).child('limits');
      errors.push(invalid(at, limit, `must be less than or equal to pod limits of ${most}`));
    }
  }
  return errors;
}

function validateClaims(
  claims: readonly ResourceClaim[] | undefined,
  known: ReadonlySet<string>,
  path: FieldPath,
): FieldError[] {
  const used: UsedClaims = { keys: new Set(), inParts: new Set() };
  return eachOf(claims, path, (claim, at) => validateClaim(claim, used, known, at));
}

/** What the claims before take: wholes and parts of claims, and of which there are parts. */
interface UsedClaims {
  readonly keys: Set<string>;
  readonly inParts: Set<string>;
}

function validateClaim(
  { name, request }: ResourceClaim,
  used: UsedClaims,
  known: ReadonlySet<string>,
  path: FieldPath,
): FieldError[] {
  if (!name) return [required(path)];
  const errors: FieldError[] = [];
  if (used.keys.has(name)) errors.push(duplicate(path, name));
  else {
    if (request) errors.push(...dnsLabel(request, path.child('request')));
    const key = request ? `${name}/${request}` : name;
    if (used.keys.has(key)) errors.push(duplicate(path, key));
    // The whole claim and parts of it exclude each other.
    else if (!request && used.inParts.has(name)) errors.push(duplicate(path, name));
    used.keys.add(key);
    if (request) used.inParts.add(name);
  }
  if (!known.has(name)) {
    const which = known.size === 0 ? ' which is empty' : `: ${[...known].sort().join(', ')}`;
    const body = `Not found: ${goValue(name)}: must be one of the names in pod.spec.resourceClaims${which}`;
    errors.push({ type: 'FieldValueNotFound', field: path.toString(), body });
  }
  return errors;
}

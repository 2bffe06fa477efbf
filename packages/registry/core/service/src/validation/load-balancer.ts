import {
  fieldPath,
  forbidden,
  invalid,
  isQualifiedName,
  required,
  type FieldError,
} from '@keelson/api-machinery';
import type { Service } from '@keelson/kubernetes-api/core/v1';
import { validateCIDR } from '../addresses/legacy-values.ts';
import { isLoadBalancer } from '../service-traits.ts';
import { problems } from './findings.ts';

const rangesAnnotation = 'service.beta.kubernetes.io/load-balancer-source-ranges';
const classPath = fieldPath('spec', 'loadBalancerClass');
const onlyHere = "may only be used when `type` is 'LoadBalancer'";

/** Who may reach a load balancer, by the field or else by its annotation. Spaces around ranges are fine. */
export function validateSourceRanges(service: Service, old?: Service): FieldError[] {
  const { loadBalancerSourceRanges: ranges = [] } = service.spec;
  // Upstream names the field so.
  const path = fieldPath('spec', 'LoadBalancerSourceRanges');
  if (ranges.length === 0) return validateRangesAnnotation(service, old);
  const before = (old?.spec.loadBalancerSourceRanges ?? []).map(trimmed);
  return [
    ...(isLoadBalancer(service) ? [] : [forbidden(path, onlyHere)]),
    ...ranges.flatMap((range, index) => validateCIDR(trimmed(range), path.index(index), before)),
  ];
}

function validateRangesAnnotation(service: Service, old?: Service): FieldError[] {
  const value = service.metadata.annotations?.[rangesAnnotation];
  if (value === undefined) return [];
  const path = fieldPath('metadata', 'annotations').key(rangesAnnotation);
  const unchanged = old?.metadata.annotations?.[rangesAnnotation] === value;
  const ranges = unchanged || trimmed(value) === '' ? [] : trimmed(value).split(',');
  return [
    ...(isLoadBalancer(service) ? [] : [forbidden(path, onlyHere)]),
    ...ranges.flatMap((range) => validateCIDR(trimmed(range), path)),
  ];
}

const trimmed = (text: string): string => text.trim();

export function validateAllocatesNodePorts(service: Service): FieldError[] {
  const { allocateLoadBalancerNodePorts } = service.spec;
  if (isLoadBalancer(service))
    return allocateLoadBalancerNodePorts === undefined
      ? [required('allocateLoadBalancerNodePorts')]
      : [];
  return allocateLoadBalancerNodePorts === undefined
    ? []
    : [forbidden(fieldPath('spec', 'allocateLoadBalancerNodePorts'), onlyHere)];
}

export function validateClass(service: Service): FieldError[] {
  const { loadBalancerClass } = service.spec;
  if (loadBalancerClass === undefined) return [];
  return isLoadBalancer(service)
    ? problems(classPath, loadBalancerClass, isQualifiedName(loadBalancerClass))
    : [forbidden(classPath, onlyHere)];
}

/** A load balancer keeps the class that it was made with. */
export function validateClassChange(service: Service, old: Service): FieldError[] {
  const { loadBalancerClass } = service.spec;
  const changed = loadBalancerClass !== old.spec.loadBalancerClass;
  return [
    ...(changed && isLoadBalancer(service) && isLoadBalancer(old)
      ? [invalid(classPath, loadBalancerClass, 'may not change once set')]
      : []),
    ...validateClass(service),
  ];
}

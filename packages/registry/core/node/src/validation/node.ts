import {
  fieldPath,
  internalError,
  invalid,
  parseCIDR,
  validateCIDR,
  type FieldError,
  type Int64,
} from '@keelson/api-machinery';
import type { Node } from '@keelson/kubernetes-api/core/v1';
import { validateAnnotations } from './annotations.ts';
import { validateDeclaredFeatures } from './declared-features.ts';
import { validateResources } from './resources.ts';
import { validateTaints } from './taints.ts';

/** Behaviour: core/validation ValidateNode, v1.37. */
export function validateNode(node: Node): FieldError[] {
  const { metadata, spec, status } = node;
  return [
    ...validateAnnotations(metadata.annotations),
    // Upstream reports taints below metadata.
    ...validateTaints(spec.taints, fieldPath('metadata', 'taints')),
    ...validateResources(node),
    ...validateSwap(status.nodeInfo.swap?.capacity),
    ...validateDeclaredFeatures(status.declaredFeatures),
    ...validatePodCIDRs(spec.podCIDRs ?? []),
  ];
}

function validateSwap(capacity: Int64 | undefined): FieldError[] {
  return capacity === undefined || capacity > 0
    ? []
    : [invalid('metadata.nodeSwapStatus.capacity', capacity, 'must be greater than zero')];
}

function validatePodCIDRs(cidrs: readonly string[]): FieldError[] {
  const path = fieldPath('spec', 'podCIDRs');
  const errors = cidrs.flatMap((cidr, index) => validateCIDR(cidr, path.index(index)));
  if (cidrs.length < 2) return errors;
  const versions = cidrs.map((cidr) => parseCIDR(cidr)?.address.version);
  const broken = versions.indexOf(undefined);
  if (broken >= 0) {
    const text = cidrs[broken] ?? '';
    errors.push(
      internalError(
        path,
        `invalid PodCIDRs. failed to check with dual stack with error:invalid CIDR[${broken}]: <nil> (invalid CIDR address: ${text})`,
      ),
    );
  }
  if (broken >= 0 || new Set(versions).size !== 2 || cidrs.length > 2)
    errors.push(invalid(path, cidrs, 'may specify no more than one CIDR for each IP family'));
  return errors;
}

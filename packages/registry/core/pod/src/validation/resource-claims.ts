import {
  duplicate,
  forbidden,
  invalid,
  required,
  type FieldError,
  type FieldPath,
} from '@keelson/api-machinery';
import type { PodResourceClaim, PodSpec } from '@keelson/kubernetes-api/core/v1';
import { dnsLabel, dnsSubdomain, eachOf } from './findings.ts';
import { isMirrorPod } from './annotations.ts';
import type { PodValidationOptions } from './options.ts';
import { asGo } from './update/as-go.ts';

/** Behaviour: core/validation validatePodResourceClaims, v1.37. */
export function validateResourceClaims(
  { resourceClaims }: PodSpec,
  { metadata }: PodValidationOptions,
  path: FieldPath,
): FieldError[] {
  const names = new Set<string>();
  return eachOf(resourceClaims, path, (claim, at) => {
    // Upstream's path is empty here, which Go prints as brackets.
    if (isMirrorPod(metadata?.annotations))
      return [forbidden('[]', 'static pods do not support resource claims')];
    return [...validateName(claim.name, names, at.child('name')), ...validateSource(claim, at)];
  });
}

function validateName(name: string, names: Set<string>, path: FieldPath): FieldError[] {
  if (!name) return [required(path)];
  if (names.has(name)) return [duplicate(path, name)];
  names.add(name);
  return dnsLabel(name, path);
}

function validateSource(reference: PodResourceClaim, path: FieldPath): FieldError[] {
  const { resourceClaimName: claim, resourceClaimTemplateName: template } = reference;
  const shown = asGo(reference, 'PodResourceClaim');
  const errors: FieldError[] = [];
  if (claim !== undefined && template !== undefined) {
    errors.push(
      invalid(
        path,
        shown,
        'at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified',
      ),
    );
  } else if (claim === undefined && template === undefined) {
    errors.push(
      invalid(path, shown, 'must specify one of: `resourceClaimName`, `resourceClaimTemplateName`'),
    );
  }
  if (claim !== undefined) errors.push(...dnsSubdomain(claim, path.child('resourceClaimName')));
  return template === undefined
    ? errors
    : [...errors, ...dnsSubdomain(template, path.child('resourceClaimTemplateName'))];
}

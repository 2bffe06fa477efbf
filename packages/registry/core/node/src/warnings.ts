import { cidrWarnings, fieldPath } from '@keelson/api-machinery';
import type { Node } from '@keelson/kubernetes-api/core/v1';

/** Fields that are on their way out, networks that are written oddly. Behaviour: registry/core/node nodeWarnings, v1.37. */
export function nodeWarnings({ spec }: Node): string[] {
  const warnings: string[] = [];
  if (spec.configSource !== undefined) warnings.push('spec.configSource: the feature is removed');
  if (spec.externalID)
    warnings.push('spec.externalID: this field is deprecated, and is unused by Kubernetes');
  const path = fieldPath('spec', 'podCIDRs');
  return [
    ...warnings,
    ...(spec.podCIDRs ?? []).flatMap((cidr, index) => cidrWarnings(path.index(index), cidr)),
  ];
}

import type { Node } from '@keelson/kubernetes-api/core/v1';

/** Labels and fields that are on their way out. Behaviour: pkg/api/node GetWarningsForNode, v1.37. */
export function nodeWarnings({ spec }: Node): string[] {
  const warnings: string[] = [];
  if (spec.configSource !== undefined)
    warnings.push('spec.configSource: the feature is no longer supported');
  if (spec.externalID)
    warnings.push('spec.externalID: this field is deprecated, and is unused by Kubernetes');
  return warnings;
}

import type { LabelSelector } from '@keelson/api-machinery';
import type { Pod, PodAffinityTerm } from '@keelson/kubernetes-api/core/v1';

/**
 * Turns `matchLabelKeys` into requirements with the pod's own label values, once, at its creation.
 * Behaviour: registry/core/pod mutatePodAffinity, mutateTopologySpreadConstraints, v1.37.
 */
export function mergeLabelKeys({ metadata, spec }: Pod): void {
  if (!spec.affinity && !spec.topologySpreadConstraints) return;
  const labels = metadata.labels ?? {};
  for (const affinity of [spec.affinity?.podAffinity, spec.affinity?.podAntiAffinity]) {
    for (const { podAffinityTerm } of affinity?.preferredDuringSchedulingIgnoredDuringExecution ??
      [])
      mergeTerm(podAffinityTerm, labels);
    for (const term of affinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [])
      mergeTerm(term, labels);
  }
  for (const constraint of spec.topologySpreadConstraints ?? [])
    merge(constraint.labelSelector, constraint.matchLabelKeys, 'In', labels);
}

function mergeTerm(term: PodAffinityTerm, labels: Record<string, string>): void {
  merge(term.labelSelector, term.matchLabelKeys, 'In', labels);
  merge(term.labelSelector, term.mismatchLabelKeys, 'NotIn', labels);
}

function merge(
  selector: LabelSelector | undefined,
  keys: string[] | undefined,
  operator: string,
  labels: Record<string, string>,
): void {
  // Without a selector nothing matches, whatever the keys.
  if (selector === undefined) return;
  for (const key of keys ?? []) {
    const value = labels[key];
    if (value !== undefined)
      (selector.matchExpressions ??= []).push({ key, operator, values: [value] });
  }
}

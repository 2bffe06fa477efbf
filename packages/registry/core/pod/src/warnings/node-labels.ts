import { isValidLabelValue, type FieldPath } from '@keelson/api-machinery';
import type { NodeSelectorTerm, PodSpec } from '@keelson/kubernetes-api/core/v1';

/** Labels of nodes that have had better names for long. Behaviour: api/node deprecatedNodeLabels, v1.37. */
const deprecated: ReadonlyMap<string, string> = new Map([
  ['beta.kubernetes.io/arch', 'deprecated since v1.14; use "kubernetes.io/arch" instead'],
  ['beta.kubernetes.io/os', 'deprecated since v1.14; use "kubernetes.io/os" instead'],
  ['failure-domain.beta.kubernetes.io/region', 'deprecated since v1.17; use "topology.kubernetes.io/region" instead'],
  ['failure-domain.beta.kubernetes.io/zone', 'deprecated since v1.17; use "topology.kubernetes.io/zone" instead'],
  ['beta.kubernetes.io/instance-type', 'deprecated since v1.17; use "node.kubernetes.io/instance-type" instead'],
  ['app.kubernetes.io/created-by', 'deprecated since v1.9'],
  ['scheduler.alpha.kubernetes.io/preferAvoidPods', 'deprecated since v1.22; use Taints and Tolerations instead'],
  ['node-role.kubernetes.io/master', 'use "node-role.kubernetes.io/control-plane" instead'],
]);

/** Warns of old labels in all that chooses nodes, and of topologies that count no pod. */
export function placementWarnings(spec: PodSpec, path: FieldPath): string[] {
  return [
    ...Object.keys(spec.nodeSelector ?? {}).flatMap((key) => oldLabel(key, (message) => `${path.child('nodeSelector').key(key)}: ${message}`)),
    ...nodeAffinityWarnings(spec, path.child('affinity', 'nodeAffinity')),
    ...(spec.topologySpreadConstraints ?? []).flatMap(({ topologyKey, labelSelector }, index) => {
      const at = path.child('topologySpreadConstraints').index(index);
      return [
        ...oldLabel(topologyKey, (message) => `${at.child('topologyKey')}: ${topologyKey} is ${message}`),
        ...(labelSelector === undefined ? [matchesNothing(at)] : []),
      ];
    }),
  ];
}

/** Warns of terms that match no pod. */
export function podAffinityWarnings({ affinity }: PodSpec, path: FieldPath): string[] {
  return (['podAffinity', 'podAntiAffinity'] as const).flatMap((name) => {
    const required = affinity?.[name]?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
    const preferred = affinity?.[name]?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
    const at = path.child('affinity', name);
    return [
      ...required.flatMap(({ labelSelector }, index) =>
        labelSelector === undefined ? [matchesNothing(at.child('requiredDuringSchedulingIgnoredDuringExecution').index(index))] : [],
      ),
      ...preferred.flatMap(({ podAffinityTerm }, index) =>
        podAffinityTerm.labelSelector === undefined
          ? [matchesNothing(at.child('preferredDuringSchedulingIgnoredDuringExecution').index(index).child('podAffinityTerm'))]
          : [],
      ),
    ];
  });
}

function oldLabel(key: string, warning: (message: string) => string): string[] {
  const message = deprecated.get(key);
  return message === undefined ? [] : [warning(message)];
}

const matchesNothing = (path: FieldPath): string => `${path.child('labelSelector')}: a null labelSelector results in matching no pod`;

function nodeAffinityWarnings({ affinity }: PodSpec, path: FieldPath): string[] {
  const required = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  const preferred = affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
  const requiredPath = path.child('requiredDuringSchedulingIgnoredDuringExecution', 'nodeSelectorTerms');
  const preferredPath = path.child('preferredDuringSchedulingIgnoredDuringExecution');
  return [
    ...required.flatMap((term, index) => termWarnings(term, false, requiredPath.index(index))),
    ...preferred.flatMap(({ preference }, index) => termWarnings(preference, true, preferredPath.index(index).child('preference'))),
  ];
}

function termWarnings({ matchExpressions }: NodeSelectorTerm, checkValues: boolean, path: FieldPath): string[] {
  return (matchExpressions ?? []).flatMap(({ key, values }, index) => {
    const at = path.child('matchExpressions').index(index);
    return [
      ...oldLabel(key, (message) => `${at.child('key')}: ${key} is ${message}`),
      ...(checkValues ? (values ?? []) : []).flatMap((value, valueIndex) =>
        isValidLabelValue(value).map((problem) => `${at.child('values').index(valueIndex)}: ${value} is invalid, ${problem}`),
      ),
    ];
  });
}

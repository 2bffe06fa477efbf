import { isValidLabelValue, type FieldPath } from '@keelson/api-machinery';
import type { NodeSelectorTerm, PodSpec } from '@keelson/kubernetes-api/core/v1';

const deprecated: Readonly<Record<string, string>> = {
  'beta.kubernetes.io/arch': 'deprecated since v1.14; use "kubernetes.io/arch" instead',
  'beta.kubernetes.io/os': 'deprecated since v1.14; use "kubernetes.io/os" instead',
  'failure-domain.beta.kubernetes.io/region':
    'deprecated since v1.17; use "topology.kubernetes.io/region" instead',
  'failure-domain.beta.kubernetes.io/zone':
    'deprecated since v1.17; use "topology.kubernetes.io/zone" instead',
  'beta.kubernetes.io/instance-type':
    'deprecated since v1.17; use "node.kubernetes.io/instance-type" instead',
  'app.kubernetes.io/created-by': 'deprecated since v1.9',
  'scheduler.alpha.kubernetes.io/preferAvoidPods':
    'deprecated since v1.22; use Taints and Tolerations instead',
  'node-role.kubernetes.io/master': 'use "node-role.kubernetes.io/control-plane" instead',
};

const warningOf = (key: string): string | undefined =>
  Object.hasOwn(deprecated, key) ? deprecated[key] : undefined;

/** Labels of nodes that nobody should ask for any longer. Behaviour: api/node GetWarningsForNodeSelectorTerm, v1.37. */
export function nodeLabelWarnings(spec: PodSpec, path: FieldPath): string[] {
  if (!spec.affinity && !spec.nodeSelector && !spec.topologySpreadConstraints) return [];
  const {
    requiredDuringSchedulingIgnoredDuringExecution: selector,
    preferredDuringSchedulingIgnoredDuringExecution: preferred,
  } = spec.affinity?.nodeAffinity ?? {};
  const affinity = path.child('affinity', 'nodeAffinity');
  const terms = affinity.child(
    'requiredDuringSchedulingIgnoredDuringExecution',
    'nodeSelectorTerms',
  );
  const preferences = affinity.child('preferredDuringSchedulingIgnoredDuringExecution');
  return [
    ...Object.keys(spec.nodeSelector ?? {}).flatMap((key) => {
      const warning = warningOf(key);
      return warning === undefined
        ? []
        : [`${path.child('nodeSelector').key(key).toString()}: ${warning}`];
    }),
    ...(selector?.nodeSelectorTerms ?? []).flatMap((term, index) =>
      termWarnings(term, false, terms.index(index)),
    ),
    ...(preferred ?? []).flatMap(({ preference }, index) =>
      termWarnings(preference, true, preferences.index(index).child('preference')),
    ),
    ...(spec.topologySpreadConstraints ?? []).flatMap(({ topologyKey, labelSelector }, index) => {
      const at = path.child('topologySpreadConstraints').index(index);
      const warning = warningOf(topologyKey);
      return [
        ...(warning === undefined
          ? []
          : [`${at.child('topologyKey').toString()}: ${topologyKey} is ${warning}`]),
        ...(labelSelector === undefined
          ? [
              `${at.child('labelSelector').toString()}: a null labelSelector results in matching no pod`,
            ]
          : []),
      ];
    }),
  ];
}

function termWarnings(
  { matchExpressions }: NodeSelectorTerm,
  checkValues: boolean,
  path: FieldPath,
): string[] {
  return (matchExpressions ?? []).flatMap(({ key, values }, index) => {
    const at = path.child('matchExpressions').index(index);
    const warning = warningOf(key);
    const invalid = (values ?? []).flatMap((value, valueIndex) =>
      isValidLabelValue(value).map(
        (problem) =>
          `${at.child('values').index(valueIndex).toString()}: ${value} is invalid, ${problem}`,
      ),
    );
    return [
      ...(warning === undefined ? [] : [`${at.child('key').toString()}: ${key} is ${warning}`]),
      ...(checkValues ? invalid : []),
    ];
  });
}

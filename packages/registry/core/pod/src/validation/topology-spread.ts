import {
  duplicate,
  invalid,
  required,
  validateLabelSelector,
  type FieldError,
  type FieldPath,
} from '@keelson/api-machinery';
import type { TopologySpreadConstraint } from '@keelson/kubernetes-api/core/v1';
import { eachOf, oneOf } from './findings.ts';
import { validateLabelKeys } from './pod-affinity.ts';

/** Behaviour: core/validation validateTopologySpreadConstraints, v1.37. */
export function validateTopologySpread(
  constraints: readonly TopologySpreadConstraint[] | undefined,
  path: FieldPath,
): FieldError[] {
  const left = new Map<string, number>();
  for (const constraint of constraints ?? [])
    left.set(keyOf(constraint), (left.get(keyOf(constraint)) ?? 0) + 1);
  return eachOf(constraints, path, (constraint, at) => {
    const {
      maxSkew,
      topologyKey,
      whenUnsatisfiable,
      nodeAffinityPolicy,
      nodeTaintsPolicy,
      labelSelector,
    } = constraint;
    const later = (left.get(keyOf(constraint)) ?? 1) - 1;
    left.set(keyOf(constraint), later);
    return [
      ...positive(maxSkew, at.child('maxSkew')),
      ...(topologyKey ? [] : [required(at.child('topologyKey'), 'can not be empty')]),
      ...oneOf(at.child('whenUnsatisfiable'), whenUnsatisfiable, [
        'DoNotSchedule',
        'ScheduleAnyway',
      ]),
      ...(later > 0
        ? [
            duplicate(
              at.child('{topologyKey, whenUnsatisfiable}'),
              `{${topologyKey}, ${whenUnsatisfiable}}`,
            ),
          ]
        : []),
      ...validateMinDomains(constraint, at.child('minDomains')),
      ...validatePolicy(nodeAffinityPolicy, at.child('nodeAffinityPolicy')),
      ...validatePolicy(nodeTaintsPolicy, at.child('nodeTaintsPolicy')),
      ...validateLabelKeys(constraint, at),
      ...validateLabelSelector(labelSelector, at.child('labelSelector')),
    ];
  });
}

/** What no two constraints may share. */
const keyOf = ({ topologyKey, whenUnsatisfiable }: TopologySpreadConstraint): string =>
  JSON.stringify([topologyKey, whenUnsatisfiable]);

const positive = (value: number, path: FieldPath): FieldError[] =>
  value <= 0 ? [invalid(path, value, 'must be greater than zero')] : [];

function validateMinDomains(
  { minDomains, whenUnsatisfiable }: TopologySpreadConstraint,
  path: FieldPath,
): FieldError[] {
  if (minDomains === undefined) return [];
  const errors = positive(minDomains, path);
  if (whenUnsatisfiable === 'DoNotSchedule') return errors;
  return [
    ...errors,
    invalid(
      path,
      minDomains,
      `can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${whenUnsatisfiable}`,
    ),
  ];
}

function validatePolicy(policy: string | undefined, path: FieldPath): FieldError[] {
  return policy === undefined ? [] : oneOf(path, policy, ['Honor', 'Ignore']);
}

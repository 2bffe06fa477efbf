import {
  fieldPath,
  invalid,
  isValidPercent,
  notSupported,
  validateConditions,
  validateLabelSelector,
  validateNonNegative,
  type FieldError,
  type FieldPath,
  type IntOrString,
} from '@keelson/api-machinery';
import type { PodDisruptionBudget } from '@keelson/kubernetes-api/policy/v1';

const path = fieldPath('spec');
const evictionPolicies = ['AlwaysAllow', 'IfHealthyBudget'];

/** Behaviour: pkg/apis/policy/validation ValidatePodDisruptionBudgetSpec, v1.37. */
export function validateBudget(budget: PodDisruptionBudget): FieldError[] {
  return validateSpec(budget, false);
}

/** Selectors that were let in before stay where they are. */
export function validateBudgetUpdate(
  budget: PodDisruptionBudget,
  old: PodDisruptionBudget,
): FieldError[] {
  return validateSpec(budget, validateLabelSelector(old.spec.selector, path).length > 0);
}

function validateSpec(
  { spec }: PodDisruptionBudget,
  allowInvalidLabelValue: boolean,
): FieldError[] {
  const { minAvailable, maxUnavailable, selector, unhealthyPodEvictionPolicy } = spec;
  const both = minAvailable !== undefined && maxUnavailable !== undefined;
  const unknownPolicy =
    unhealthyPodEvictionPolicy !== undefined &&
    !evictionPolicies.includes(unhealthyPodEvictionPolicy);
  return [
    ...(both
      ? [invalid(path, goSpec(spec), 'minAvailable and maxUnavailable cannot be both set')]
      : []),
    ...validateAmount(minAvailable, path.child('minAvailable')),
    ...validateAmount(maxUnavailable, path.child('maxUnavailable')),
    ...validateLabelSelector(selector, path.child('selector'), { allowInvalidLabelValue }),
    ...(unknownPolicy
      ? [
          notSupported(
            path.child('unhealthyPodEvictionPolicy'),
            unhealthyPodEvictionPolicy,
            evictionPolicies,
          ),
        ]
      : []),
  ];
}

/** The error shows Go's internal type, whose fields have no names of their own. */
const goSpec = (spec: PodDisruptionBudget['spec']): unknown => ({
  MinAvailable: spec.minAvailable ?? null,
  Selector: spec.selector ?? null,
  MaxUnavailable: spec.maxUnavailable ?? null,
  UnhealthyPodEvictionPolicy: spec.unhealthyPodEvictionPolicy ?? null,
});

function validateAmount(value: IntOrString | undefined, at: FieldPath): FieldError[] {
  if (value === undefined) return [];
  if (typeof value === 'number') return validateNonNegative(value, at);
  const errors = isValidPercent(value).map((problem) => invalid(at, value, problem));
  return errors.length === 0 && Number.parseInt(value, 10) > 100
    ? [invalid(at, value, 'must not be greater than 100%')]
    : errors;
}

/** Behaviour: ValidatePodDisruptionBudgetStatusUpdate. */
export function validateStatusUpdate({ status }: PodDisruptionBudget): FieldError[] {
  const at = fieldPath('status');
  const counts = [
    'disruptionsAllowed',
    'currentHealthy',
    'desiredHealthy',
    'expectedPods',
  ] as const;
  return [
    ...validateConditions(status.conditions, at.child('conditions')),
    ...counts.flatMap((name) => validateNonNegative(status[name], at.child(name))),
  ];
}

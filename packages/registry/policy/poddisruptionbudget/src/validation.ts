import {
  duplicate,
  fieldPath,
  invalid,
  isQualifiedName,
  isValidPercent,
  notSupported,
  required,
  validateLabelSelector,
  validateNonNegative,
  type Condition,
  type FieldError,
  type FieldPath,
  type IntOrString,
} from '@keelson/api-machinery';
import type { PodDisruptionBudget } from '@keelson/kubernetes-api/policy/v1';

const path = fieldPath('spec');
const evictionPolicies = ['IfHealthyBudget', 'AlwaysAllow'];

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
    ...validateConditions(status.conditions ?? [], at.child('conditions')),
    ...counts.flatMap((name) => validateNonNegative(status[name], at.child(name))),
  ];
}

/** Behaviour: apis/meta/v1/validation ValidateConditions. */
function validateConditions(conditions: readonly Condition[], at: FieldPath): FieldError[] {
  return conditions.flatMap((condition, index) => {
    const twice = conditions.findIndex(({ type }) => type === condition.type) < index;
    return [
      ...(twice ? [duplicate(at.index(index), condition.type)] : []),
      ...validateCondition(condition, at.index(index)),
    ];
  });
}

const reason = '[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?';
const reasonText =
  "a condition reason must start with alphabetic character, optionally followed by a string of alphanumeric characters or '_,:', and must end with an alphanumeric character or '_' (e.g. 'my_name', or 'MY_NAME', or 'MyName', or 'ReasonA,ReasonB', or 'ReasonA:ReasonB', regex used for validation is '" +
  `${reason}')`;

function validateCondition(condition: Condition, at: FieldPath): FieldError[] {
  const errors: FieldError[] = [];
  if (!condition.type) errors.push(required(at.child('type'), 'is required'));
  else
    errors.push(
      ...isQualifiedName(condition.type).map((problem) =>
        invalid(at.child('type'), condition.type, problem),
      ),
    );
  if (!condition.status) errors.push(required(at.child('status')));
  else if (!['True', 'False', 'Unknown'].includes(condition.status))
    errors.push(notSupported(at.child('status'), condition.status, ['False', 'True', 'Unknown']));
  if ((condition.observedGeneration ?? 0) < 0)
    errors.push(
      invalid(
        at.child('observedGeneration'),
        condition.observedGeneration,
        'must be greater than or equal to zero',
      ),
    );
  if (!condition.lastTransitionTime) errors.push(required(at.child('lastTransitionTime')));
  if (!condition.reason) errors.push(required(at.child('reason')));
  else if (!new RegExp(`^${reason}$`).test(condition.reason))
    errors.push(invalid(at.child('reason'), condition.reason, reasonText));
  return errors;
}

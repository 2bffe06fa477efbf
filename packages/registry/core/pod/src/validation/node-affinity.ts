import {
  forbidden,
  invalid,
  isDNS1123Subdomain,
  isValidLabelValue,
  required,
  type FieldError,
  type FieldPath,
} from '@keelson/api-machinery';
import type {
  NodeAffinity,
  NodeSelector,
  NodeSelectorRequirement,
  NodeSelectorTerm,
} from '@keelson/kubernetes-api/core/v1';
import { eachOf, problems, qualifiedName } from './findings.ts';

/** Behaviour: core/validation validateNodeAffinity, v1.37. */
export function validateNodeAffinity(affinity: NodeAffinity, path: FieldPath): FieldError[] {
  const {
    requiredDuringSchedulingIgnoredDuringExecution: selector,
    preferredDuringSchedulingIgnoredDuringExecution: preferred,
  } = affinity;
  return [
    ...(selector === undefined
      ? []
      : validateNodeSelector(
          selector,
          path.child('requiredDuringSchedulingIgnoredDuringExecution'),
        )),
    ...eachOf(
      preferred,
      path.child('preferredDuringSchedulingIgnoredDuringExecution'),
      ({ weight, preference }, at) => [
        ...validateWeight(weight, at.child('weight')),
        ...validateTerm(preference, true, at.child('preference')),
      ],
    ),
  ];
}

/** How much a preference counts. */
export function validateWeight(weight: number, path: FieldPath): FieldError[] {
  return weight <= 0 || weight > 100 ? [invalid(path, weight, 'must be in the range 1-100')] : [];
}

/** Behaviour: core/validation ValidateNodeSelector, v1.37. */
export function validateNodeSelector(
  { nodeSelectorTerms: terms }: NodeSelector,
  path: FieldPath,
): FieldError[] {
  const at = path.child('nodeSelectorTerms');
  if (!terms?.length) return [required(at, 'must have at least one node selector term')];
  return eachOf(terms, at, (term, where) => validateTerm(term, false, where));
}

function validateTerm(
  { matchExpressions, matchFields }: NodeSelectorTerm,
  anyValue: boolean,
  path: FieldPath,
): FieldError[] {
  return [
    ...eachOf(matchExpressions, path.child('matchExpressions'), (requirement, at) =>
      validateExpression(requirement, anyValue, at),
    ),
    ...eachOf(matchFields, path.child('matchFields'), validateField),
  ];
}

function validateExpression(
  { key, operator, values = [] }: NodeSelectorRequirement,
  anyValue: boolean,
  path: FieldPath,
): FieldError[] {
  const errors: FieldError[] = [];
  const at = path.child('values');
  if (operator === 'In' || operator === 'NotIn') {
    if (values.length === 0)
      errors.push(required(at, "must be specified when `operator` is 'In' or 'NotIn'"));
  } else if (operator === 'Exists' || operator === 'DoesNotExist') {
    if (values.length > 0)
      errors.push(
        forbidden(at, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"),
      );
  } else if (operator === 'Gt' || operator === 'Lt') {
    if (values.length !== 1)
      errors.push(required(at, "must be specified single value when `operator` is 'Lt' or 'Gt'"));
  } else errors.push(invalid(path.child('operator'), operator, 'not a valid selector operator'));
  errors.push(...qualifiedName(key, path.child('key')));
  return anyValue
    ? errors
    : [
        ...errors,
        ...eachOf(values, at, (value, where) => problems(where, value, isValidLabelValue(value))),
      ];
}

/** A requirement on a field of the node; there is only its name. */
function validateField(
  { key, operator, values = [] }: NodeSelectorRequirement,
  path: FieldPath,
): FieldError[] {
  const errors: FieldError[] = [];
  const at = path.child('values');
  if (operator !== 'In' && operator !== 'NotIn')
    errors.push(invalid(path.child('operator'), operator, 'not a valid selector operator'));
  else if (values.length !== 1)
    errors.push(
      required(
        at,
        "must be only one value when `operator` is 'In' or 'NotIn' for node field selector",
      ),
    );
  if (key !== 'metadata.name')
    return [...errors, invalid(path.child('key'), key, 'not a valid field selector key')];
  return [
    ...errors,
    ...eachOf(values, at, (value, where) => problems(where, value, isDNS1123Subdomain(value))),
  ];
}

// The rules for conditions. Behaviour: k8s.io/apimachinery apis/meta/v1/validation ValidateConditions, v1.37.

import {
  duplicate,
  invalid,
  notSupported,
  required,
  tooLong,
  type FieldError,
} from './field-error.ts';
import type { FieldPath } from './field-path.ts';
import type { Condition } from './gen/meta-v1.ts';
import { isQualifiedName, patternProblem } from './names.ts';

const statuses = ['False', 'True', 'Unknown'];
const longestReason = 1024;
const longestMessage = 32 * 1024;

/** All that is wrong with a list of conditions, of which there is one of each type. */
export function validateConditions(
  conditions: readonly Condition[] = [],
  path: FieldPath,
): FieldError[] {
  return conditions.flatMap((condition, index) => {
    const { type } = condition;
    const first = conditions.findIndex((one) => one.type === type);
    const at = path.index(index);
    return [...(first < index ? [duplicate(at, type)] : []), ...validateCondition(condition, at)];
  });
}

function validateCondition(condition: Condition, path: FieldPath): FieldError[] {
  const { type, status, observedGeneration = 0, lastTransitionTime, message } = condition;
  const errors = validateType(type, path.child('type'));
  if (!status) errors.push(required(path.child('status')));
  else if (!statuses.includes(status))
    errors.push(notSupported(path.child('status'), status, statuses));
  if (observedGeneration < 0) {
    const problem = 'must be greater than or equal to zero';
    errors.push(invalid(path.child('observedGeneration'), observedGeneration, problem));
  }
  if (!lastTransitionTime) errors.push(required(path.child('lastTransitionTime')));
  errors.push(...validateReason(condition.reason, path.child('reason')));
  if (Buffer.byteLength(message) > longestMessage)
    errors.push(tooLong(path.child('message'), longestMessage));
  return errors;
}

function validateType(type: string, path: FieldPath): FieldError[] {
  if (!type) return [required(path, 'is required')];
  return isQualifiedName(type).map((problem) => invalid(path, type, problem));
}

const reasonPattern = '[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?';
const isReason = new RegExp(`^${reasonPattern}$`);
const reasonProblem = patternProblem(
  "a condition reason must start with alphabetic character, optionally followed by a string of alphanumeric characters or '_,:', and must end with an alphanumeric character or '_'",
  reasonPattern,
  'my_name',
  'MY_NAME',
  'MyName',
  'ReasonA,ReasonB',
  'ReasonA:ReasonB',
);

function validateReason(reason: string, path: FieldPath): FieldError[] {
  if (!reason) return [required(path)];
  return [
    ...(isReason.test(reason) ? [] : [invalid(path, reason, reasonProblem)]),
    ...(Buffer.byteLength(reason) > longestReason ? [tooLong(path, longestReason)] : []),
  ];
}

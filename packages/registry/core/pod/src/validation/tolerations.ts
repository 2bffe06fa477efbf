import {
  type FieldError,
  type FieldPath,
  invalid,
  isValidLabelValue,
  notSupported,
} from '@keelson/api-machinery';
import type { Toleration } from '@keelson/kubernetes-api/core/v1';
import { eachOf, oneOf, qualifiedName } from './findings.ts';

/** Behaviour: core/validation ValidateTolerations, v1.37. */
export function validateTolerations(
  tolerations: readonly Toleration[] | undefined,
  path: FieldPath,
): FieldError[] {
  return eachOf(
    tolerations,
    path,
    ({ key, operator = '', value = '', effect = '', tolerationSeconds }, at) => {
      const errors = key ? qualifiedName(key, at.child('key')) : [];
      if (!key && operator !== 'Exists') {
        errors.push(
          invalid(
            at.child('operator'),
            operator,
            'operator must be Exists when `key` is empty, which means "match all values and all keys"',
          ),
        );
      }
      if (tolerationSeconds !== undefined && effect !== 'NoExecute') {
        errors.push(
          invalid(
            at.child('effect'),
            effect,
            "effect must be 'NoExecute' when `tolerationSeconds` is set",
          ),
        );
      }
      errors.push(...validateOperator(operator, value, at.child('operator')));
      return effect
        ? [
            ...errors,
            ...oneOf(at.child('effect'), effect, ['NoSchedule', 'PreferNoSchedule', 'NoExecute']),
          ]
        : errors;
    },
  );
}

function validateOperator(operator: string, value: string, path: FieldPath): FieldError[] {
  if (operator === 'Equal' || operator === '') {
    const found = isValidLabelValue(value);
    return found.length === 0 ? [] : [invalid(path, value, found.join(';'))];
  }
  if (operator === 'Exists')
    return value === ''
      ? []
      : [invalid(path, value, "value must be empty when `operator` is 'Exists'")];
  // Behind a feature gate; the message names them already.
  const comparisons = operator === 'Lt' || operator === 'Gt' ? ['Lt', 'Gt'] : [];
  return [notSupported(path, operator, ['Equal', 'Exists', ...comparisons])];
}

import {
  invalid,
  isValidPercent,
  validateNonNegative,
  type FieldError,
  type FieldPath,
  type IntOrString,
} from '@keelson/api-machinery';

/** A number that is not negative, or a percentage. Behaviour: pkg/apis/apps/validation ValidatePositiveIntOrPercent. */
export function validatePositiveIntOrPercent(value: IntOrString, path: FieldPath): FieldError[] {
  if (typeof value === 'number') return validateNonNegative(value, path);
  return isValidPercent(value).map((problem) => invalid(path, value, problem));
}

/** A percentage has its end. Behaviour: IsNotMoreThan100Percent. */
export function validateAtMost100Percent(value: IntOrString, path: FieldPath): FieldError[] {
  return typeof value === 'string' &&
    isValidPercent(value).length === 0 &&
    Number.parseInt(value, 10) > 100
    ? [invalid(path, value, 'must not be greater than 100%')]
    : [];
}

/** The number itself, or the percentage's. */
export function numberOf(value: IntOrString): number {
  return typeof value === 'number' ? value : Number.parseInt(value, 10) || 0;
}

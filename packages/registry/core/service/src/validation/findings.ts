import {
  invalid,
  notSupported,
  required,
  type FieldError,
  type FieldPath,
  type Problems,
} from '@keelson/api-machinery';

/** A finding for each thing that is wrong with a value. */
export const problems = (path: FieldPath, value: unknown, found: Problems): FieldError[] =>
  found.map((problem) => invalid(path, value, problem));

/** A value must be there, and one of those that are allowed. */
export function requiredOneOf(
  path: FieldPath,
  value: string | undefined,
  allowed: readonly string[],
): FieldError[] {
  if (!value) return [required(path)];
  return allowed.includes(value) ? [] : [notSupported(path, value, allowed)];
}

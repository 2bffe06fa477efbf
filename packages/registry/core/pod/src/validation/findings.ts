import {
  fieldErrorMessage,
  invalid,
  isDNS1123Label,
  isDNS1123Subdomain,
  isQualifiedName,
  notSupported,
  type FieldError,
  type FieldPath,
  type Problems,
} from '@keelson/api-machinery';

/** A finding for each thing that is wrong with a value. */
export function problems(path: FieldPath, value: unknown, found: Problems): FieldError[] {
  return found.length === 0 ? [] : found.map((problem) => invalid(path, value, problem));
}

/** Nothing, or the finding that a value is none of those that are allowed. */
export function oneOf(path: FieldPath, value: string, allowed: readonly string[]): FieldError[] {
  return allowed.includes(value) ? [] : [notSupported(path, value, allowed)];
}

export const dnsLabel = (value: string, path: FieldPath): FieldError[] =>
  problems(path, value, isDNS1123Label(value));
export const dnsSubdomain = (value: string, path: FieldPath): FieldError[] =>
  problems(path, value, isDNS1123Subdomain(value));
export const qualifiedName = (value: string, path: FieldPath): FieldError[] =>
  problems(path, value, isQualifiedName(value));

/** Each finding once: upstream's declarative validation drops what is said twice. */
export function distinct(errors: FieldError[]): FieldError[] {
  if (errors.length < 2) return errors;
  return [...new Map(errors.map((error) => [fieldErrorMessage(error), error])).values()];
}

/** The findings of a field that is there. */
export function ifSet<T extends object, F extends keyof T & string>(
  object: T,
  field: F,
  path: FieldPath,
  find: (value: NonNullable<T[F]>, path: FieldPath) => FieldError[],
): FieldError[] {
  const value = object[field];
  return value === undefined || value === null ? [] : find(value, path.child(field));
}

/** The findings of a list's items, one after the other. */
export function eachOf<T>(
  list: readonly T[] | null | undefined,
  path: FieldPath,
  find: (item: T, path: FieldPath) => readonly FieldError[],
): FieldError[] {
  if (!list?.length) return [];
  const errors: FieldError[] = [];
  list.forEach((item, index) => {
    for (const error of find(item, path.index(index))) errors.push(error);
  });
  return errors;
}

import { goQuote } from './go-quote.ts';
import type { FieldPath } from './field-path.ts';
import { goJson, goValue } from './go-value.ts';

/** The types of field errors, as they appear as `reason` in a Status' causes. */
export type FieldErrorType =
  | 'FieldValueRequired'
  | 'FieldValueInvalid'
  | 'FieldValueNotSupported'
  | 'FieldValueForbidden'
  | 'FieldValueDuplicate'
  | 'FieldValueTooLong'
  | 'FieldValueTooShort'
  | 'FieldValueTooMany'
  | 'FieldValueTooFew'
  | 'FieldValueNotFound'
  | 'FieldValueTypeInvalid'
  | 'InternalError';

/**
 * One finding of a validation. Validations return all of them, in order, and never throw.
 * Behaviour: k8s.io/apimachinery util/validation/field Error.
 */
export interface FieldError {
  readonly type: FieldErrorType;
  /** Where, e.g. `spec.containers[0].name`. */
  readonly field: string;
  /** The message without the field: `Invalid value: "x": must be …`. */
  readonly body: string;
}

/** The whole message: `spec.x: Invalid value: "x": must be …`. */
export function fieldErrorMessage(error: FieldError): string {
  return `${error.field}: ${error.body}`;
}

/** Each finding once, where it was first: what is said of a value by general and by special rules alike. */
export function distinctErrors(errors: readonly FieldError[]): readonly FieldError[] {
  if (errors.length < 2) return errors;
  const seen = new Set<string>();
  return errors.filter((error) => {
    const message = fieldErrorMessage(error);
    return !seen.has(message) && seen.add(message);
  });
}

function made(
  type: FieldErrorType,
  path: FieldPath | string,
  title: string,
  detail: string,
  value?: string,
): FieldError {
  const parts = [
    title,
    ...(value === undefined ? [] : [value]),
    ...(detail === '' ? [] : [detail]),
  ];
  return { type, field: path.toString(), body: parts.join(': ') };
}

/** A value that must be there is not. */
export function required(path: FieldPath | string, detail = ''): FieldError {
  return made('FieldValueRequired', path, 'Required value', detail);
}

/** A value is malformed; `value` is written as Go writes it. */
export function invalid(path: FieldPath | string, value: unknown, detail: string): FieldError {
  return made('FieldValueInvalid', path, 'Invalid value', detail, goValue(value));
}

/** A value is of the wrong type. */
export function typeInvalid(path: FieldPath | string, value: unknown, detail: string): FieldError {
  return made('FieldValueTypeInvalid', path, 'Invalid value', detail, goValue(value));
}

/** A value is none of those that are allowed, which the message names in the order given. Such values have types of their own in Go: they are written as JSON. */
export function notSupported(
  path: FieldPath | string,
  value: unknown,
  allowed: readonly string[],
): FieldError {
  const list = allowed.map(goQuote).join(', ');
  return made(
    'FieldValueNotSupported',
    path,
    'Unsupported value',
    allowed.length === 0 ? '' : `supported values: ${list}`,
    typeof value === 'string' ? goJson(value) : goValue(value),
  );
}

/** A field may not be set, or not be changed, here. */
export function forbidden(path: FieldPath | string, detail: string): FieldError {
  return made('FieldValueForbidden', path, 'Forbidden', detail);
}

/** A value that must be unique is there twice. */
export function duplicate(path: FieldPath | string, value: unknown): FieldError {
  return made('FieldValueDuplicate', path, 'Duplicate value', '', goValue(value));
}

/** A reference points to nothing. */
export function notFound(path: FieldPath | string, value: unknown): FieldError {
  return made('FieldValueNotFound', path, 'Not found', '', goValue(value));
}

/** A string or collection is longer than `max` bytes; the value itself is not repeated. */
export function tooLong(path: FieldPath | string, max: number): FieldError {
  const detail =
    max < 0 ? 'value is too long' : `may not be more than ${max} byte${max === 1 ? '' : 's'}`;
  return made('FieldValueTooLong', path, 'Too long', detail);
}

/** A list has more than `max` items. */
export function tooMany(path: FieldPath | string, actual: number, max: number): FieldError {
  const detail =
    max < 0 ? 'has too many items' : `must have at most ${max} item${max === 1 ? '' : 's'}`;
  return made(
    'FieldValueTooMany',
    path,
    'Too many',
    detail,
    actual >= 0 ? String(actual) : undefined,
  );
}

/** Something inside the validation failed. */
export function internalError(path: FieldPath | string, detail: string): FieldError {
  return made('InternalError', path, 'Internal error', detail);
}

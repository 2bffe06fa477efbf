import { goQuote } from './go-quote.ts';
import { fieldErrorMessage, type FieldError } from './field-error.ts';
import type { Status, StatusDetails } from './gen/meta-v1.ts';
import type { GroupKind, GroupResource } from './group-version.ts';
import { groupKindText, groupResourceText } from './group-version.ts';

/** The reasons that API errors give; `''` is the one that Go calls unknown. */
export type StatusReason =
  | ''
  | 'Unauthorized'
  | 'Forbidden'
  | 'NotFound'
  | 'AlreadyExists'
  | 'Conflict'
  | 'Gone'
  | 'Invalid'
  | 'ServerTimeout'
  | 'StorageReadError'
  | 'Timeout'
  | 'TooManyRequests'
  | 'BadRequest'
  | 'MethodNotAllowed'
  | 'NotAcceptable'
  | 'RequestEntityTooLarge'
  | 'UnsupportedMediaType'
  | 'InternalError'
  | 'Expired'
  | 'ServiceUnavailable';

export interface StatusErrorInit {
  readonly code: number;
  readonly reason: StatusReason;
  readonly message: string;
  readonly details?: StatusDetails;
  readonly cause?: unknown;
  /** Sets `metadata.continue` of the Status: an expired list gives a token to go on with. */
  readonly continueToken?: string;
}

/** An error that is the client's to see: it becomes a `Status` of kind Failure. */
export class StatusError extends Error {
  readonly code: number;
  readonly reason: StatusReason;
  readonly details: StatusDetails | undefined;
  readonly continueToken: string | undefined;

  constructor(init: StatusErrorInit) {
    super(init.message, init.cause === undefined ? undefined : { cause: init.cause });
    this.name = 'StatusError';
    this.code = init.code;
    this.reason = init.reason;
    this.details = init.details;
    this.continueToken = init.continueToken;
  }

  /** The body of the response. */
  toStatus(): Status {
    return {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: this.continueToken === undefined ? {} : { continue: this.continueToken },
      status: 'Failure',
      message: this.message,
      ...(this.reason === '' ? {} : { reason: this.reason }),
      ...(this.details === undefined ? {} : { details: this.details }),
      code: this.code,
    };
  }

  /** Returns `error` itself when it is a StatusError, else a 500 that wraps it. */
  static from(error: unknown): StatusError {
    if (error instanceof StatusError) return error;
    return internalServerError(error);
  }
}

const about = (resource: GroupResource, name: string): StatusDetails => ({
  ...(name === '' ? {} : { name }),
  ...(resource.group === '' ? {} : { group: resource.group }),
  ...(resource.resource === '' ? {} : { kind: resource.resource }),
});

/** 404 for an object. */
export function notFoundError(resource: GroupResource, name: string): StatusError {
  const message = `${groupResourceText(resource)} ${goQuote(name)} not found`;
  return new StatusError({
    code: 404,
    reason: 'NotFound',
    message,
    details: about(resource, name),
  });
}

/** 409 for a create of what is there. */
export function alreadyExistsError(resource: GroupResource, name: string): StatusError {
  const message = `${groupResourceText(resource)} ${goQuote(name)} already exists`;
  return new StatusError({
    code: 409,
    reason: 'AlreadyExists',
    message,
    details: about(resource, name),
  });
}

/** 409 for a write that expected another state. */
export function conflictError(resource: GroupResource, name: string, why: string): StatusError {
  const message = `Operation cannot be fulfilled on ${groupResourceText(resource)} ${goQuote(name)}: ${why}`;
  return new StatusError({
    code: 409,
    reason: 'Conflict',
    message,
    details: about(resource, name),
  });
}

/** 403. */
export function forbiddenError(resource: GroupResource, name: string, why: string): StatusError {
  const what =
    resource.resource === ''
      ? `forbidden: ${why}`
      : name === ''
        ? `${groupResourceText(resource)} is forbidden: ${why}`
        : `${groupResourceText(resource)} ${goQuote(name)} is forbidden: ${why}`;
  return new StatusError({
    code: 403,
    reason: 'Forbidden',
    message: what,
    details: about(resource, name),
  });
}

/** 422 with one cause per field error. */
export function invalidError(
  kind: GroupKind,
  name: string,
  errors: readonly FieldError[],
): StatusError {
  const shown = bounded(errors);
  const messages = [...new Set(shown.map(fieldErrorMessage))];
  if (shown.length < errors.length) messages.push(`and ${errors.length - shown.length} more`);
  const text = messages.length === 1 ? messages[0] : `[${messages.join(', ')}]`;
  return new StatusError({
    code: 422,
    reason: 'Invalid',
    message: `${groupKindText(kind)} ${goQuote(name)} is invalid${messages.length === 0 ? '' : `: ${text}`}`,
    details: {
      ...(name === '' ? {} : { name }),
      ...(kind.group === '' ? {} : { group: kind.group }),
      ...(kind.kind === '' ? {} : { kind: kind.kind }),
      causes: shown.map((error) => ({
        reason: error.type,
        message: error.body,
        field: error.field,
      })),
    },
  });
}

/** How many errors an answer tells, and how long they may be together. */
const errorLimit = 1000;
const textLimit = 1024 * 1024;

/** An object with very many faults must not make an answer that is many times its size. Tells one at the least. */
function bounded(errors: readonly FieldError[]): readonly FieldError[] {
  let length = 0;
  const end = errors.findIndex(({ field, body }, index) => {
    length += field.length + body.length;
    return index > 0 && (index >= errorLimit || length > textLimit);
  });
  return end < 0 ? errors : errors.slice(0, end);
}

/** 400. */
export function badRequestError(message: string, cause?: unknown): StatusError {
  return new StatusError({ code: 400, reason: 'BadRequest', message, cause });
}

/** 405 for a verb that a resource does not have. */
export function methodNotAllowedError(resource: GroupResource, action: string): StatusError {
  const message = `${action} is not supported on resources of kind ${goQuote(groupResourceText(resource))}`;
  return new StatusError({
    code: 405,
    reason: 'MethodNotAllowed',
    message,
    details: about(resource, ''),
  });
}

/** 500 for a fault of ours; the message is upstream's. */
export function internalServerError(error: unknown): StatusError {
  const text = error instanceof Error ? error.message : String(error);
  return new StatusError({
    code: 500,
    reason: 'InternalError',
    message: `Internal error occurred: ${text}`,
    details: { causes: [{ message: text }] },
    cause: error,
  });
}

/** 410 for a revision or a continue token that is no longer kept. */
export function expiredError(message: string, continueToken?: string): StatusError {
  return new StatusError({
    code: 410,
    reason: 'Expired',
    message,
    ...(continueToken === undefined ? {} : { continueToken }),
  });
}

/** 429 with a time to wait. */
export function tooManyRequestsError(
  message: string,
  retryAfterSeconds: number,
  details: StatusDetails = {},
): StatusError {
  return new StatusError({
    code: 429,
    reason: 'TooManyRequests',
    message,
    details: { ...details, retryAfterSeconds },
  });
}

/** 409 when no free name was found; the client may try again after a while. */
export function generateNameConflictError(
  resource: GroupResource,
  name: string,
  retryAfterSeconds: number,
): StatusError {
  const message = `${groupResourceText(resource)} ${goQuote(name)} already exists, the server was not able to generate a unique name for the object`;
  return new StatusError({
    code: 409,
    reason: 'AlreadyExists',
    message,
    details: { ...about(resource, name), retryAfterSeconds },
  });
}

/** 401. */
export function unauthorizedError(message = 'Unauthorized'): StatusError {
  return new StatusError({ code: 401, reason: 'Unauthorized', message });
}

/** 406 with the media types that would do. */
export function notAcceptableError(accepted: readonly string[]): StatusError {
  const message = `only the following media types are accepted: ${accepted.join(', ')}`;
  return new StatusError({ code: 406, reason: 'NotAcceptable', message });
}

/** 415 with the media types that would do. */
export function unsupportedMediaTypeError(accepted: readonly string[]): StatusError {
  const message = `the body of the request was in an unknown format - accepted media types include: ${accepted.join(', ')}`;
  return new StatusError({ code: 415, reason: 'UnsupportedMediaType', message });
}

/** 413. */
export function requestEntityTooLargeError(message: string): StatusError {
  return new StatusError({
    code: 413,
    reason: 'RequestEntityTooLarge',
    message: `Request entity too large: ${message}`,
  });
}

/** 504. */
export function timeoutError(message: string, cause?: unknown): StatusError {
  return new StatusError({
    code: 504,
    reason: 'Timeout',
    message: `Timeout: ${message}`,
    details: {},
    cause,
  });
}

/** 503. */
export function serviceUnavailableError(message: string): StatusError {
  return new StatusError({ code: 503, reason: 'ServiceUnavailable', message });
}

/** The answer to a path or verb that nothing serves: a Status as generic as the code. */
export function genericServerError(
  code: 404 | 405,
  message: string,
  details: StatusDetails = {},
): StatusError {
  return new StatusError({
    code,
    reason: code === 404 ? 'NotFound' : 'MethodNotAllowed',
    message,
    details,
  });
}

import { status as codes } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';
import { StorageError } from '../storage-error.ts';
import type { StorageErrorCode } from '../storage-error.ts';

/** What etcd says, by the words that it says it with: its codes alone do not tell one from the other. */
const byWords: readonly (readonly [words: RegExp, code: StorageErrorCode])[] = [
  [/required revision has been compacted/, 'compacted'],
  [/required revision is a future revision/, 'future-revision'],
  [/request is too large|too many operations in txn request|message larger than max/, 'too-large'],
  [/database space exceeded/, 'no-space'],
  [/corrupt/, 'corrupt'],
  [/timed out|too many requests/, 'timeout'],
];

/** The error of a call as the contract names it. */
export function toStorageError(error: unknown): StorageError {
  if (error instanceof StorageError) return error;
  if (!isServiceError(error)) throw error;
  const known = byWords.find(([words]) => words.test(error.details));
  const code = known?.[1] ?? (error.code === codes.DEADLINE_EXCEEDED ? 'timeout' : 'unavailable');
  return new StorageError(code, { message: `etcd: ${error.details}`, cause: error });
}

/** Whether another member, or the same one later, may do better. */
export function isPassing(error: unknown): boolean {
  return isServiceError(error) && error.code === codes.UNAVAILABLE;
}

export function isTimeout(error: unknown): boolean {
  return isServiceError(error) && error.code === codes.DEADLINE_EXCEEDED;
}

/** Whether a stream ended so that another one can go on where it was. */
export function isBroken(error: unknown): boolean {
  return isServiceError(error) && (isPassing(error) || error.code === codes.INTERNAL);
}

/** Whether a call certainly was not carried out: it never left, or a member without a leader turned it away at the door. */
export function isUnsent(error: unknown): boolean {
  return (
    isServiceError(error) &&
    error.code === codes.UNAVAILABLE &&
    /^No connection established|etcdserver: no leader/.test(error.details)
  );
}

export function isLeaseGone(error: unknown): boolean {
  return isServiceError(error) && /requested lease not found/.test(error.details);
}

function isServiceError(error: unknown): error is ServiceError {
  return error instanceof Error && 'code' in error && 'details' in error;
}

import { invalid, type FieldError, type FieldPath } from '@keelson/api-machinery';

/** No part of the path is `..`. */
export function noBacksteps(target: string, path: FieldPath): FieldError[] {
  if (!target.includes('..') || !target.split('/').includes('..')) return [];
  return [invalid(path, target, "must not contain '..'")];
}

/** A path that stays below where it starts. */
export function descendingPath(target: string, path: FieldPath): FieldError[] {
  return [
    ...(target.startsWith('/') ? [invalid(path, target, 'must be a relative path')] : []),
    ...noBacksteps(target, path),
  ];
}

/** The same, and nothing that kubelets keep for themselves. */
export function unreservedPath(target: string, path: FieldPath): FieldError[] {
  if (!target.startsWith('/') && !target.includes('..')) return [];
  const reserved = target.startsWith('..') && !target.startsWith('../');
  return [
    ...descendingPath(target, path),
    ...(reserved ? [invalid(path, target, "must not start with '..'")] : []),
  ];
}

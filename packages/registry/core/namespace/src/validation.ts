import {
  fieldPath,
  invalid,
  isQualifiedName,
  type FieldError,
  type FieldPath,
} from '@keelson/api-machinery';
import type { Namespace } from '@keelson/kubernetes-api/core/v1';

const finalizersPath = fieldPath('spec', 'finalizers');
const standardFinalizers = new Set(['kubernetes', 'orphan', 'foregroundDeletion']);

/** The finalizers in the spec of a namespace. */
export function validateNamespace({ spec }: Namespace): FieldError[] {
  return (spec.finalizers ?? []).flatMap((name) => validateFinalizer(name, finalizersPath));
}

/** The same, when they change: each is pointed at. */
export function validateFinalize({ spec }: Namespace): FieldError[] {
  return (spec.finalizers ?? []).flatMap((name, index) =>
    validateFinalizer(name, finalizersPath.index(index)),
  );
}

/** A namespace is terminating when, and only when, it is being deleted. */
export function validateStatus({ metadata, status }: Namespace): FieldError[] {
  const wanted = metadata.deletionTimestamp === undefined ? 'Active' : 'Terminating';
  if (status.phase === wanted) return [];
  const condition = wanted === 'Active' ? 'empty' : 'not empty';
  return [
    invalid(
      fieldPath('status', 'Phase'),
      status.phase ?? '',
      `may only be '${wanted}' if \`deletionTimestamp\` is ${condition}`,
    ),
  ];
}

function validateFinalizer(name: string, path: FieldPath): FieldError[] {
  const errors = isQualifiedName(name).map((problem) => invalid(path, name, problem));
  if (name.includes('/') || standardFinalizers.has(name)) return errors;
  return [
    ...errors,
    invalid(path, name, 'name is neither a standard finalizer name nor is it fully qualified'),
  ];
}

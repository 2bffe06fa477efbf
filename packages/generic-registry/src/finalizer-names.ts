import { fieldPath, invalid, type FieldError, type ObjectMeta } from '@keelson/api-machinery';

const standard = new Set(['kubernetes', 'orphan', 'foregroundDeletion']);

/** Finalizers of Kubernetes' own kinds are Kubernetes', or say whose they are. Behaviour: apis/core/validation validateKubeFinalizerName. */
export function validateFinalizerNames(
  { finalizers = [] }: ObjectMeta,
  { ignoresMetadata = false }: { readonly ignoresMetadata?: boolean },
): FieldError[] {
  if (ignoresMetadata) return [];
  return finalizers.flatMap((name, index) =>
    name.includes('/') || standard.has(name)
      ? []
      : invalid(
          fieldPath('metadata', 'finalizers').index(index),
          name,
          'name is neither a standard finalizer name nor is it fully qualified',
        ),
  );
}

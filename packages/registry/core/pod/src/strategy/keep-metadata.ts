import type { ObjectMeta } from '@keelson/api-machinery';

const kept = [
  'deletionTimestamp',
  'generation',
  'selfLink',
  'labels',
  'annotations',
  'finalizers',
  'ownerReferences',
] as const;

/** Undoes changes to metadata through a subresource that has no business there. Behaviour: meta/v1 ResetObjectMetaForStatus, v1.37. */
export function keepMetadata(metadata: ObjectMeta, old: ObjectMeta): void {
  for (const field of kept) {
    delete metadata[field];
    if (old[field] !== undefined) Object.assign(metadata, { [field]: structuredClone(old[field]) });
  }
}

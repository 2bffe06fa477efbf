import { conflictError } from '@keelson/api-machinery';
import type { DeletionPreconditions } from '@keelson/generic-registry';
import type { Namespace } from '@keelson/kubernetes-api/core/v1';

/** Throws Conflict for a deletion that is meant for another namespace. Behaviour: registry/core/namespace/storage REST.Delete, v1.37. */
export function checkPreconditions(
  { metadata }: Namespace,
  { uid, resourceVersion }: DeletionPreconditions,
): void {
  const refuse = (what: string, wanted: string, is = ''): Error =>
    conflictError(
      { group: '', resource: 'namespaces' },
      metadata.name ?? '',
      `Precondition failed: ${what} in precondition: ${wanted}, ${what} in object meta: ${is}`,
    );
  if (uid !== undefined && uid !== metadata.uid) throw refuse('UID', uid, metadata.uid);
  if (resourceVersion !== undefined && resourceVersion !== metadata.resourceVersion)
    throw refuse('ResourceVersion', resourceVersion, metadata.resourceVersion);
}

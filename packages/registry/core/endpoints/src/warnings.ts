import { fieldPath, ipWarnings } from '@keelson/api-machinery';
import type { Endpoints } from '@keelson/kubernetes-api/core/v1';

/** Addresses that are not written the usual way. Behaviour: registry/core/endpoint endpointsWarnings, v1.37. */
export function endpointsWarnings({ metadata, subsets = [] }: Endpoints): string[] {
  // The controller writes addresses well, and many of them.
  if (metadata.labels?.['endpoints.kubernetes.io/managed-by'] === 'endpoint-controller') return [];
  return subsets.flatMap((subset, index) =>
    (['addresses', 'notReadyAddresses'] as const).flatMap((list) =>
      (subset[list] ?? []).flatMap(({ ip }, at) =>
        ipWarnings(fieldPath('subsets').index(index).child(list).index(at).child('ip'), ip),
      ),
    ),
  );
}

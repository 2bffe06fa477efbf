import { fieldPath, ipWarnings } from '@keelson/api-machinery';
import type { Pod } from '@keelson/kubernetes-api/core/v1';

/** What the writer of a pod's status should know. Behaviour: registry/core/pod podStatusStrategy WarningsOnUpdate, v1.37. */
export function podStatusWarnings({ status }: Pod): string[] {
  return (['podIPs', 'hostIPs'] as const).flatMap((list) =>
    (status[list] ?? []).flatMap(({ ip }, index) =>
      ipWarnings(fieldPath('status', list).index(index).child('ip'), ip),
    ),
  );
}

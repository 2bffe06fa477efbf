import { fieldPath, type FieldError } from '@keelson/api-machinery';
import type { Node } from '@keelson/kubernetes-api/core/v1';
import { validateQuantity } from '@keelson/registry-core-pod';

/** What a node has. Behaviour: core/validation ValidateNodeResources, v1.37. */
export function validateResources({ status }: Node): FieldError[] {
  return (['capacity', 'allocatable'] as const).flatMap((list) =>
    Object.entries(status[list] ?? {}).flatMap(([name, quantity]) =>
      validateQuantity(name, quantity, fieldPath('status', list, name)),
    ),
  );
}

import { duplicate, forbidden, type FieldError, type FieldPath } from '@keelson/api-machinery';
import type { PodSchedulingGate } from '@keelson/kubernetes-api/core/v1';
import { eachOf, qualifiedName } from './findings.ts';

/** What keeps a pod from being scheduled. Behaviour: core/validation validateSchedulingGates, v1.37. */
export function validateSchedulingGates(
  gates: readonly PodSchedulingGate[] | undefined,
  path: FieldPath,
): FieldError[] {
  const seen = new Set<string>();
  return eachOf(gates, path, ({ name }, at) => {
    const errors = qualifiedName(name, at);
    if (seen.has(name)) errors.push(duplicate(at, name));
    seen.add(name);
    return errors;
  });
}

/** Gates may open, not close. Behaviour: core/validation validateOnlyDeletedSchedulingGates, v1.37. */
export function validateOnlyOpened(
  gates: readonly PodSchedulingGate[] = [],
  old: readonly PodSchedulingGate[] = [],
  path: FieldPath,
): FieldError[] {
  const closed = new Set(old.map(({ name }) => name));
  return eachOf(gates, path, ({ name }, at) =>
    closed.has(name)
      ? []
      : [
          forbidden(
            at.child('name'),
            `only deletion is allowed, but found new scheduling gate '${name}'`,
          ),
        ],
  );
}

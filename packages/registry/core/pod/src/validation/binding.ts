import { fieldPath, notSupported, required, type FieldError } from '@keelson/api-machinery';
import type { Binding } from '@keelson/kubernetes-api/core/v1';

/** Behaviour: core/validation ValidatePodBinding, v1.37. */
export function validatePodBinding({ target }: Binding): readonly FieldError[] {
  const path = fieldPath('target');
  const errors: FieldError[] = [];
  const kind = target.kind ?? '';
  if (kind !== '' && kind !== 'Node') errors.push(notSupported(path.child('kind'), kind, ['Node', '<empty>']));
  if (!target.name) errors.push(required(path.child('name')));
  return errors;
}

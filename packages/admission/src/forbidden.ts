import { forbiddenError, type StatusError } from '@keelson/api-machinery';
import type { AdmissionAttributes } from './admission.ts';

/** The refusal of a write; a name that is not made up yet is its prefix. Behaviour: k8s.io/apiserver admission.NewForbidden. */
export function refused({ resource, name, object }: AdmissionAttributes, why: string): StatusError {
  const shown = name || object?.metadata.name || object?.metadata.generateName || 'Unknown';
  return forbiddenError(resource, shown, why);
}

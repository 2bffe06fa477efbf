import type { Pod } from '@keelson/kubernetes-api/core/v1';
import type { AdmissionAttributes } from './admission.ts';

/** The pod that is written; undefined for other resources and for subresources. */
export function writtenPod({
  resource,
  subresource,
  object,
}: AdmissionAttributes): Pod | undefined {
  if (resource.group !== '' || resource.resource !== 'pods' || subresource !== '') return undefined;
  // Objects of a resource are of its type.
  return object as Pod | undefined;
}

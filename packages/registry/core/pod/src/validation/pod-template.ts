import {
  forbidden,
  validateAnnotations,
  validateLabels,
  type FieldError,
  type FieldPath,
} from '@keelson/api-machinery';
import type { PodTemplateSpec } from '@keelson/kubernetes-api/core/v1';
import { validatePodAnnotations, validateProfilesMatch } from './annotations.ts';
import { distinct } from './findings.ts';
import { validatePodSpec } from './pod-spec.ts';

/** All that is wrong with a template of pods. Behaviour: core/validation ValidatePodTemplateSpec, v1.37. */
export function validatePodTemplateSpec(
  { metadata, spec }: PodTemplateSpec,
  path: FieldPath,
): FieldError[] {
  const at = path.child('spec');
  return distinct([
    ...validateLabels(metadata.labels, path.child('labels')),
    ...validateAnnotations(metadata.annotations, path.child('annotations')),
    ...validatePodAnnotations(metadata.annotations, spec, path.child('annotations')),
    ...validatePodSpec(spec, at, { isPod: false }),
    ...validateProfilesMatch(metadata, spec, at),
    ...(spec.ephemeralContainers?.length
      ? [
          forbidden(
            at.child('ephemeralContainers'),
            'ephemeral containers not allowed in pod template',
          ),
        ]
      : []),
  ]);
}

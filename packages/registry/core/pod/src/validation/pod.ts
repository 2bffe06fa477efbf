import {
  fieldPath,
  forbidden,
  nameIsDNSSubdomain,
  validateGenerateName,
  validateNonNegative,
  type FieldError,
} from '@keelson/api-machinery';
import type { Pod, PodSpec } from '@keelson/kubernetes-api/core/v1';
import { validatePodAnnotations, validateProfilesMatch } from './annotations.ts';
import { validateImage } from './container.ts';
import { eachOf } from './findings.ts';
import { validatePodSpec } from './pod-spec.ts';

const path = fieldPath('spec');
const annotationsPath = fieldPath('metadata', 'annotations');

/** What every pod must fulfil, new or changed. Behaviour: core/validation validatePodMetadataAndSpec, v1.37. */
export function validatePod({ metadata, spec }: Pod): FieldError[] {
  return [
    ...validateGenerateName(metadata, nameIsDNSSubdomain),
    ...validatePodAnnotations(metadata.annotations, spec, annotationsPath),
    ...validatePodSpec(spec, path, { isPod: true, metadata }),
    ...(spec.serviceAccountName ? [] : validateNoTokens(spec)),
    ...validateNonNegative(
      spec.terminationGracePeriodSeconds ?? 0,
      path.child('terminationGracePeriodSeconds'),
    ),
    ...eachOf(spec.containers, path.child('containers'), validateImage),
    ...eachOf(spec.initContainers, path.child('initContainers'), validateImage),
  ];
}

/** Tokens are a service account's. */
function validateNoTokens({ volumes }: PodSpec): FieldError[] {
  return eachOf(volumes, path.child('volumes'), ({ projected }, at) =>
    eachOf(projected?.sources, at.child('projected', 'sources'), ({ serviceAccountToken }, where) =>
      serviceAccountToken === undefined
        ? []
        : [
            forbidden(
              where.child('serviceAccountToken'),
              'must not be specified when serviceAccountName is not set',
            ),
          ],
    ),
  );
}

/** What a new pod must fulfil. Behaviour: core/validation ValidatePodCreate, v1.37. */
export function validatePodCreate(pod: Pod): FieldError[] {
  const { metadata, spec } = pod;
  const errors = validatePod(pod);
  if (spec.ephemeralContainers?.length)
    errors.push(forbidden(path.child('ephemeralContainers'), 'cannot be set on create'));
  if (spec.nodeName && spec.schedulingGates?.length) {
    errors.push(
      forbidden(
        path.child('nodeName'),
        'cannot be set until all schedulingGates have been cleared',
      ),
    );
  }
  return [...errors, ...validateProfilesMatch(metadata, spec, path)];
}

import {
  forbidden,
  goQuote,
  invalid,
  type FieldError,
  type FieldPath,
  type ObjectMeta,
} from '@keelson/api-machinery';
import type { PodSpec, SeccompProfile } from '@keelson/kubernetes-api/core/v1';
import { descendingPath } from './paths.ts';
import { readTolerations } from './tolerations-annotation.ts';
import { validateTolerations } from './tolerations.ts';
import { containersOf, containersWithPaths } from './visit-containers.ts';

type Annotations = Readonly<Record<string, string>>;

const mirror = 'kubernetes.io/config.mirror';
const tolerationsKey = 'scheduler.alpha.kubernetes.io/tolerations';
const deletionCost = 'controller.kubernetes.io/pod-deletion-cost';
const podSeccomp = 'seccomp.security.alpha.kubernetes.io/pod';
const containerSeccomp = 'container.seccomp.security.alpha.kubernetes.io/';
const containerAppArmor = 'container.apparmor.security.beta.kubernetes.io/';
const local = 'localhost/';

/** Whether the pod is a kubelet's image of one of its static pods. */
export function isMirrorPod(annotations: Annotations | undefined): boolean {
  return annotations !== undefined && Object.hasOwn(annotations, mirror);
}

/** Annotations that mean something for pods. `path` is that of the annotations. Behaviour: core/validation ValidatePodSpecificAnnotations, v1.37. */
export function validatePodAnnotations(
  annotations: Annotations | undefined,
  spec: PodSpec,
  path: FieldPath,
): FieldError[] {
  if (annotations === undefined) return [];
  const errors: FieldError[] = [];
  if (isMirrorPod(annotations) && !spec.nodeName) {
    errors.push(
      invalid(
        path.key(mirror),
        annotations[mirror],
        'must set spec.nodeName if mirror pod annotation is set',
      ),
    );
  }
  if (annotations[tolerationsKey])
    errors.push(...validateTolerationsText(annotations[tolerationsKey], path));
  const cost = annotations[deletionCost];
  if (cost !== undefined && !isDeletionCost(cost))
    errors.push(invalid(path.key(deletionCost), cost, 'must be a 32bit integer'));
  return [
    ...errors,
    ...validateSeccompTexts(annotations, path),
    ...validateAppArmorTexts(annotations, spec, path),
  ];
}

function validateTolerationsText(text: string, path: FieldPath): FieldError[] {
  const tolerations = readTolerations(text);
  return typeof tolerations === 'string'
    ? [invalid(path, tolerationsKey, tolerations)]
    : validateTolerations(tolerations, path.child(tolerationsKey));
}

/** A 32-bit integer without a plus sign or leading zeros. */
function isDeletionCost(text: string): boolean {
  return /^(0|[1-9]\d*|-\d+)$/.test(text) && Number(text) >= -(2 ** 31) && Number(text) < 2 ** 31;
}

function validateSeccompTexts(annotations: Annotations, path: FieldPath): FieldError[] {
  const keys = Object.keys(annotations).filter((key) => key.startsWith(containerSeccomp));
  if (annotations[podSeccomp] !== undefined) keys.unshift(podSeccomp);
  return keys.flatMap((key) => validateSeccompText(annotations[key] ?? '', path.child(key)));
}

function validateSeccompText(profile: string, path: FieldPath): FieldError[] {
  if (['runtime/default', 'docker/default', 'unconfined'].includes(profile)) return [];
  return profile.startsWith(local)
    ? descendingPath(profile.slice(local.length), path)
    : [invalid(path, profile, 'must be a valid seccomp profile')];
}

function validateAppArmorTexts(
  annotations: Annotations,
  spec: PodSpec,
  path: FieldPath,
): FieldError[] {
  const keys = Object.keys(annotations).filter((key) => key.startsWith(containerAppArmor));
  if (keys.length === 0) return [];
  const names = new Set(containersOf(spec).map(({ name }) => name));
  return keys.flatMap((key) => {
    const profile = annotations[key] ?? '';
    const name = key.slice(containerAppArmor.length);
    const errors = names.has(name) ? [] : [invalid(path.key(key), name, 'container not found')];
    const known =
      ['', 'runtime/default', 'unconfined'].includes(profile) || profile.startsWith(local);
    return known
      ? errors
      : [
          ...errors,
          invalid(path.key(key), profile, `invalid AppArmor profile name: ${goQuote(profile)}`),
        ];
  });
}

/**
 * Where a security profile is given by annotation and by field, they must be the same. `path` is that of the spec.
 * Behaviour: core/validation validateSeccompAnnotationsAndFields, validateAppArmorAnnotationsAndFieldsMatchOnCreate, v1.37.
 */
export function validateProfilesMatch(
  { annotations = {} }: ObjectMeta,
  spec: PodSpec,
  path: FieldPath,
): FieldError[] {
  if (!Object.keys(annotations).some(isProfileKey)) return [];
  const pod = spec.securityContext ?? {};
  const containers = containersWithPaths(spec, path);
  return [
    ...matches(
      'seccomp',
      annotations[podSeccomp],
      pod.seccompProfile,
      path.child('securityContext', 'seccompProfile'),
    ),
    ...containers.flatMap(([{ name, securityContext }, at]) =>
      matches(
        'seccomp',
        annotations[containerSeccomp + name],
        securityContext?.seccompProfile,
        at.child('securityContext', 'seccompProfile'),
      ),
    ),
    ...(spec.os?.name === 'windows' ? [] : containers).flatMap(
      ([{ name, securityContext }, at]) => {
        const profile = securityContext?.appArmorProfile ?? pod.appArmorProfile;
        return matches(
          'apparmor',
          annotations[containerAppArmor + name],
          profile,
          at.child('securityContext', 'appArmorProfile'),
        );
      },
    ),
  ];
}

const isProfileKey = (key: string): boolean =>
  key === podSeccomp || key.startsWith(containerSeccomp) || key.startsWith(containerAppArmor);

function matches(
  what: 'seccomp' | 'apparmor',
  text: string | undefined,
  profile: SeccompProfile | undefined,
  path: FieldPath,
): FieldError[] {
  if (text === undefined || profile === undefined) return [];
  const wrongType = [
    forbidden(path.child('type'), `${what} type in annotation and field must match`),
  ];
  if (profile.type === 'Unconfined') return text === 'unconfined' ? [] : wrongType;
  if (profile.type === 'RuntimeDefault')
    return text === 'runtime/default' || (what === 'seccomp' && text === 'docker/default')
      ? []
      : wrongType;
  if (profile.type !== 'Localhost') return [];
  if (!text.startsWith(local)) return wrongType;
  if (text.slice(local.length) === profile.localhostProfile) return [];
  return [
    forbidden(path.child('localhostProfile'), `${what} profile in annotation and field must match`),
  ];
}

/** Some annotations stay as they were at the start. Behaviour: core/validation ValidatePodSpecificAnnotationUpdates, v1.37. */
export function validateAnnotationUpdates(
  annotations: Annotations = {},
  old: Annotations = {},
  path: FieldPath,
): FieldError[] {
  const findings = (key: string, did: string): FieldError[] => {
    if (key.startsWith(containerAppArmor))
      return [forbidden(path.key(key), `may not ${did} AppArmor annotations`)];
    return key === mirror ? [forbidden(path.key(key), `may not ${did} mirror pod annotation`)] : [];
  };
  return [
    ...Object.keys(old)
      .filter((key) => annotations[key] !== old[key])
      .flatMap((key) => findings(key, 'remove or update')),
    ...Object.keys(annotations)
      .filter((key) => old[key] === undefined)
      .flatMap((key) => findings(key, 'add')),
  ];
}

import type { FieldPath, ObjectMeta } from '@keelson/api-machinery';
import { semanticEqual } from '@keelson/api-machinery';
import type { AppArmorProfile, PodSpec } from '@keelson/kubernetes-api/core/v1';
import type { PlacedContainer } from './ports.ts';

const seccompOfPod = 'seccomp.security.alpha.kubernetes.io/pod';
const seccompOfContainer = 'container.seccomp.security.alpha.kubernetes.io/';
const appArmorOfContainer = 'container.apparmor.security.beta.kubernetes.io/';

const deprecated = [
  ['scheduler.alpha.kubernetes.io/critical-pod', 'non-functional in v1.16+; use the "priorityClassName" field instead'],
  ['security.alpha.kubernetes.io/sysctls', 'non-functional in v1.11+; use the "sysctls" field instead'],
  ['security.alpha.kubernetes.io/unsafe-sysctls', 'non-functional in v1.11+; use the "sysctls" field instead'],
] as const;

/** Warns of annotations that became fields long ago. */
export function annotationWarnings({ annotations }: ObjectMeta, path: FieldPath): string[] {
  return deprecated.flatMap(([key, message]) => (annotations?.[key] === undefined ? [] : [`${path.key(key)}: ${message}`]));
}

const seccompWarning = (key: string, path: FieldPath): string => `${path.key(key)}: non-functional in v1.27+; use the "seccompProfile" field instead`;

/** Warns of the pod's seccomp annotation where the field is missing. */
export function podSeccompWarnings(spec: PodSpec, { annotations }: ObjectMeta, path: FieldPath): string[] {
  if (spec.securityContext?.seccompProfile !== undefined || annotations?.[seccompOfPod] === undefined) return [];
  return [seccompWarning(seccompOfPod, path)];
}

/** The same of a container. */
export function containerSeccompWarnings({ container }: PlacedContainer, { annotations }: ObjectMeta, path: FieldPath): string[] {
  const key = `${seccompOfContainer}${container.name}`;
  if (container.securityContext?.seccompProfile !== undefined || annotations?.[key] === undefined) return [];
  return [seccompWarning(key, path)];
}

/** Warns of a template's AppArmor annotation that no field says. A pod's own become fields when it is created. */
export function appArmorWarnings({ container }: PlacedContainer, spec: PodSpec, { annotations }: ObjectMeta, path: FieldPath): string[] {
  const key = `${appArmorOfContainer}${container.name}`;
  const annotation = annotations?.[key];
  if (container.securityContext?.appArmorProfile !== undefined || annotation === undefined) return [];
  const ofPod = spec.securityContext?.appArmorProfile;
  if (ofPod !== undefined && semanticEqual(ofPod, appArmorProfileOf(annotation))) return [];
  return [`${path.key(key)}: deprecated since v1.30; use the "appArmorProfile" field instead`];
}

/** The field that an annotation stands for; undefined when it makes no sense. Behaviour: api/pod ApparmorFieldForAnnotation, v1.37. */
export function appArmorProfileOf(annotation: string): AppArmorProfile | undefined {
  if (annotation === 'unconfined') return { type: 'Unconfined' };
  if (annotation === 'runtime/default') return { type: 'RuntimeDefault' };
  const local = annotation.startsWith('localhost/') ? annotation.slice('localhost/'.length) : '';
  return local === '' ? undefined : { type: 'Localhost', localhostProfile: local };
}

import type { AppArmorProfile } from '@keelson/kubernetes-api/core/v1';

/** The annotation that was AppArmor's before it had a field; a container's name follows. */
export const appArmorPrefix = 'container.apparmor.security.beta.kubernetes.io/';

/** The profile that an annotation means; undefined when it means none. Behaviour: api/pod ApparmorFieldForAnnotation, v1.37. */
export function profileOfAnnotation(annotation: string): AppArmorProfile | undefined {
  if (annotation === 'unconfined') return { type: 'Unconfined' };
  if (annotation === 'runtime/default') return { type: 'RuntimeDefault' };
  const local = annotation.startsWith('localhost/') ? annotation.slice('localhost/'.length) : '';
  return local === '' ? undefined : { type: 'Localhost', localhostProfile: local };
}

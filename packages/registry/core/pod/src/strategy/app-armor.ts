import { semanticEqual } from '@keelson/api-machinery';
import type { Pod } from '@keelson/kubernetes-api/core/v1';
import type { RequestContext } from '@keelson/rest-interfaces';
import { containersOf } from '../validation/visit-containers.ts';
import { appArmorPrefix, profileOfAnnotation } from '../warnings/app-armor-annotation.ts';

/**
 * Turns AppArmor annotations of a new pod into the field that replaced them, and warns of their use.
 * Behaviour: registry/core/pod applyAppArmorVersionSkew, v1.37.
 */
export function adoptAppArmorAnnotations({ metadata, spec }: Pod, context: RequestContext): void {
  const { annotations } = metadata;
  if (annotations === undefined || spec.os?.name === 'windows') return;
  for (const container of containersOf(spec)) {
    const key = appArmorPrefix + container.name;
    const annotation = annotations[key];
    if (annotation === undefined || container.securityContext?.appArmorProfile !== undefined)
      continue;
    const profile = profileOfAnnotation(annotation);
    const adopted =
      profile !== undefined && !semanticEqual(profile, spec.securityContext?.appArmorProfile);
    if (adopted) (container.securityContext ??= {}).appArmorProfile = profile;
    if (adopted || profile === undefined)
      context.warn(
        `metadata.annotations[${key}]: deprecated since v1.30; use the "appArmorProfile" field instead`,
      );
  }
}

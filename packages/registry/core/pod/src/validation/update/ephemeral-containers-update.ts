import { fieldPath, forbidden, goQuote, type FieldError } from '@keelson/api-machinery';
import type { Pod } from '@keelson/kubernetes-api/core/v1';
import { isMirrorPod, validateAnnotationUpdates } from '../annotations.ts';
import { validatePod } from '../pod.ts';
import { asGo } from './as-go.ts';
import { sameInGo } from './same-in-go.ts';
import { objectDiff } from './unified-diff.ts';

const path = fieldPath('spec', 'ephemeralContainers');

/** Ephemeral containers are added, never changed or removed. Behaviour: core/validation ValidatePodEphemeralContainersUpdate, v1.37. */
export function validateEphemeralContainersUpdate(pod: Pod, old: Pod): FieldError[] {
  if (isMirrorPod(old.metadata.annotations))
    return [forbidden('[]', 'static pods do not support ephemeral containers')];
  const containers = new Map(
    pod.spec.ephemeralContainers?.map((container) => [container.name, container]),
  );
  return [
    ...validatePod(pod),
    ...validateAnnotationUpdates(
      pod.metadata.annotations,
      old.metadata.annotations,
      fieldPath('metadata', 'annotations'),
    ),
    ...(old.spec.ephemeralContainers ?? []).flatMap((before) => {
      const name = goQuote(before.name);
      const container = containers.get(before.name);
      if (container === undefined)
        return [forbidden(path, `existing ephemeral containers ${name} may not be removed\n`)];
      if (sameInGo(before, container, 'EphemeralContainer')) return [];
      const difference = objectDiff(
        asGo(before, 'EphemeralContainer'),
        asGo(container, 'EphemeralContainer'),
      );
      return [
        forbidden(path, `existing ephemeral containers ${name} may not be changed\n${difference}`),
      ];
    }),
  ];
}

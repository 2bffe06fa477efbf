import type { Resource } from '@keelson/generic-registry';
import type { Pod } from '@keelson/kubernetes-api/core/v1';
import { defaultPod } from './defaults/pod.ts';
import { selectableFields } from './selectable-fields.ts';
import { podStrategy } from './strategy/pod-strategy.ts';
import { podSubresources } from './subresources.ts';
import { podTable } from './table/pod-table.ts';

export { isPodReady } from './conditions.ts';
export { defaultResourceList } from './defaults/resource-list.ts';
export { defaultPodSpec, defaultPodTemplateSpec } from './defaults/pod-spec.ts';
export { dropDisabledTemplateFields } from './strategy/drop-disabled-fields.ts';
export { readAnnotatedList, readAnnotatedStruct } from './validation/annotated-list.ts';
export { validatePodSpec } from './validation/pod-spec.ts';
export { validateQuantity } from './validation/resources.ts';
export { validatePodTemplateSpec } from './validation/pod-template.ts';
export type { PodValidationOptions } from './validation/options.ts';
export { podTemplateWarnings } from './warnings/pod-warnings.ts';
export { BindingStorage } from './storage/binding-storage.ts';
export { LegacyBindingStorage } from './storage/legacy-binding-storage.ts';

/** Containers that share a life on a node. Behaviour: registry/core/pod, v1.37. */
export const pods: Resource<Pod> = {
  kind: 'Pod',
  typeId: 'core/v1.Pod',
  plural: 'pods',
  shortNames: ['po'],
  categories: ['all'],
  strategy: podStrategy,
  default: defaultPod,
  table: podTable,
  selectableFields,
  indexedFields: ['spec.nodeName'],
  subresources: podSubresources,
};

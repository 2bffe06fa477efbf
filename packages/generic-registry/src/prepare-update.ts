import {
  distinctErrors,
  invalidError,
  nameIsPathSegment,
  validateObjectMeta,
  validateObjectMetaUpdate,
  type KubernetesObject,
} from '@keelson/api-machinery';
import { validateFinalizerNames } from './finalizer-names.ts';
import type { RequestContext } from '@keelson/rest-interfaces';
import { ensureNamespace } from './prepare-create.ts';
import type { StoreParts } from './store-parts.ts';

/**
 * Brings a changed object into the form that is stored; throws 422 with all that is wrong with the change.
 * Behaviour: k8s.io/apiserver registry/rest BeforeUpdate, v1.37.
 */
export function prepareUpdate<T extends KubernetesObject>(
  parts: StoreParts<T>,
  object: T,
  old: T,
  context: RequestContext,
): void {
  const { strategy } = parts;
  ensureNamespace(object, context.namespace, strategy.namespaced);
  keep(object, old, 'generation');
  strategy.prepareForUpdate?.(object, old, context);
  keepSystemFields(object, old);
  const specific = strategy.validateUpdate
    ? strategy.validateUpdate(object, old, context)
    : strategy.validate?.(object, context);
  const errors = [
    ...validateObjectMeta(object.metadata, {
      namespaced: strategy.namespaced,
      validateName: nameIsPathSegment,
    }),
    ...validateObjectMetaUpdate(object.metadata, old.metadata),
    ...validateFinalizerNames(object.metadata, strategy),
    ...(specific ?? []),
  ];
  if (errors.length > 0)
    throw invalidError(parts.kind, object.metadata.name ?? '', distinctErrors(errors));
  for (const warning of strategy.warningsOnUpdate?.(object, old, context) ?? [])
    context.warn(warning);
  strategy.canonicalize?.(object);
}

function keepSystemFields(object: KubernetesObject, old: KubernetesObject): void {
  if (!object.metadata.uid) keep(object, old, 'uid');
  if (old.metadata.creationTimestamp) keep(object, old, 'creationTimestamp');
  if (old.metadata.deletionTimestamp) keep(object, old, 'deletionTimestamp');
  if (
    old.metadata.deletionGracePeriodSeconds !== undefined &&
    object.metadata.deletionGracePeriodSeconds === undefined
  ) {
    keep(object, old, 'deletionGracePeriodSeconds');
  }
}

function keep(
  object: KubernetesObject,
  old: KubernetesObject,
  field:
    | 'generation'
    | 'uid'
    | 'creationTimestamp'
    | 'deletionTimestamp'
    | 'deletionGracePeriodSeconds',
): void {
  const value = old.metadata[field];
  if (value === undefined) delete object.metadata[field];
  else Object.assign(object.metadata, { [field]: value });
}

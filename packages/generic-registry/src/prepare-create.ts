import {
  badRequestError,
  distinctErrors,
  formatTime,
  generateName,
  invalidError,
  nameIsDNSSubdomain,
  newUID,
  validateObjectMeta,
  type KubernetesObject,
} from '@keelson/api-machinery';
import { validateFinalizerNames } from './finalizer-names.ts';
import type { RequestContext } from '@keelson/rest-interfaces';
import type { StoreParts } from './store-parts.ts';

/** Sets what the server alone sets on a new object; makes up its name when it has a `generateName` instead. */
export function fillSystemFields<T extends KubernetesObject>(object: T, now: number): void {
  const { metadata } = object;
  metadata.uid = newUID();
  metadata.creationTimestamp = formatTime(now);
  delete metadata.deletionTimestamp;
  delete metadata.deletionGracePeriodSeconds;
  delete metadata.selfLink;
  if (metadata.generateName && !metadata.name) metadata.name = generateName(metadata.generateName);
}

/** Makes the object's namespace the request's; throws 400 when they differ. */
export function ensureNamespace(
  object: KubernetesObject,
  requestNamespace: string,
  namespaced: boolean,
): void {
  const expected = namespaced ? requestNamespace : '';
  const given = object.metadata.namespace ?? '';
  if (given === expected) return;
  if (given !== '' && expected !== '') {
    throw badRequestError(
      'the namespace of the provided object does not match the namespace sent on the request',
    );
  }
  if (expected === '') delete object.metadata.namespace;
  else object.metadata.namespace = expected;
}

/**
 * Brings a new object into the form that is stored; throws 422 with all that is wrong with it.
 * Behaviour: k8s.io/apiserver registry/rest BeforeCreate, v1.37.
 */
export function prepareCreate<T extends KubernetesObject>(
  parts: StoreParts<T>,
  object: T,
  context: RequestContext,
): void {
  const { strategy } = parts;
  ensureNamespace(object, context.namespace, strategy.namespaced);
  strategy.prepareForCreate?.(object, context);
  const validateName = (name: string, prefix: boolean) =>
    strategy.validateName?.(name, prefix) ?? nameIsDNSSubdomain(name, prefix);
  const own = strategy.validate?.(object, context) ?? [];
  const ofMetadata = [
    ...validateObjectMeta(object.metadata, { namespaced: strategy.namespaced, validateName }),
    ...validateFinalizerNames(object.metadata, strategy),
  ];
  const isTold = strategy.ignoresMetadata !== true || own.length === 0;
  const errors = isTold ? [...ofMetadata, ...own] : own;
  if (errors.length > 0)
    throw invalidError(parts.kind, object.metadata.name ?? '', distinctErrors(errors));
  for (const warning of strategy.warningsOnCreate?.(object, context) ?? []) context.warn(warning);
  strategy.canonicalize?.(object);
}

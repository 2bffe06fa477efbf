import type { KubernetesObject } from '@keelson/api-machinery';
import type { Attributes } from '@keelson/storage';
import type { Resource } from './resource.ts';

const none: Readonly<Record<string, string>> = Object.freeze({});

/** What selectors see of a resource's objects. */
export function attributesOf<T extends KubernetesObject>({
  selectableFields,
  strategy,
}: Resource<T>): (object: T) => Attributes {
  return (object) => {
    const { name = '', namespace = '', labels } = object.metadata;
    const general: Record<string, string> = strategy.namespaced
      ? { 'metadata.name': name, 'metadata.namespace': namespace }
      : { 'metadata.name': name };
    return {
      labels: labels ?? none,
      fields: selectableFields ? { ...general, ...selectableFields.of(object) } : general,
    };
  };
}

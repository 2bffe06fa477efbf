import type { ObjectLookup } from '@keelson/admission';
import { nameIsPathSegment, type KubernetesObject } from '@keelson/api-machinery';
import type { Registry } from '@keelson/generic-registry';

/** How admission finds objects. There is none of a name that no object can have, whatever a client wrote where a name belongs. */
export function objectLookup(registry: Pick<Registry, 'store'>): ObjectLookup {
  return async <T extends KubernetesObject>(
    group: string,
    resource: string,
    namespace: string,
    name: string,
  ) => {
    if (name === '' || nameIsPathSegment(name, false).length > 0) return undefined;
    return (await registry.store<T>(group, resource)?.seen(namespace, name))?.object;
  };
}

import { notFoundError, type KubernetesObject } from '@keelson/api-machinery';
import type { GetOptions, Representation, RequestContext } from '@keelson/rest-interfaces';
import type { StoreParts } from './store-parts.ts';

/** Reads one object. Throws NotFound. */
export async function get<T extends KubernetesObject>(
  { keys, storage, groupResource }: StoreParts<T>,
  name: string,
  { resourceVersion }: GetOptions,
  { namespace }: RequestContext,
): Promise<Representation<T>> {
  const found = await storage.get(keys.object(namespace, name), resourceVersion);
  if (found === undefined) throw notFoundError(groupResource, name);
  return found;
}

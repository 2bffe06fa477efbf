import { notFoundError, type KubernetesObject } from '@keelson/api-machinery';
import type { Snapshot } from '@keelson/storage';
import type { Change } from './store.ts';
import { copyOf, encodeForStorage, type StoreParts } from './store-parts.ts';
import { isUnchanged } from './unchanged.ts';

/** See `Store.mutate`. */
export async function mutate<T extends KubernetesObject>(
  parts: StoreParts<T>,
  where: { readonly namespace: string; readonly name: string; readonly dryRun: boolean },
  change: Change<T>,
): Promise<Snapshot<T>> {
  const key = parts.keys.object(where.namespace, where.name);
  for (;;) {
    const current = await parts.storage.get(key);
    if (current === undefined) throw notFoundError(parts.groupResource, where.name);
    const object = change(copyOf(parts, current), current);
    if (object === undefined || where.dryRun) return current;
    const value = encodeForStorage(parts, object);
    if (isUnchanged(value, current)) return current;
    const put = await parts.storage.put(key, value, current.revision, { object });
    if (put.succeeded) return put.snapshot;
  }
}

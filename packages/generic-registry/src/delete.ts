import { addInt64, formatTime, notFoundError, type KubernetesObject } from '@keelson/api-machinery';
import type { DeleteOptions, DeleteResult, RequestContext } from '@keelson/rest-interfaces';
import type { PutResult, Snapshot } from '@keelson/storage';
import { deleteUnreadable } from './delete-unreadable.ts';
import { finalizersForDeletion } from './dependents.ts';
import { beforeDelete } from './graceful-deletion.ts';
import { ObjectRepresentation } from './object-representation.ts';
import { copyOf, encodeForStorage, type StoreParts } from './store-parts.ts';
import { isUnchanged } from './unchanged.ts';

export interface DeleteRequest<T extends KubernetesObject> {
  readonly parts: StoreParts<T>;
  readonly key: string;
  readonly options: DeleteOptions<T>;
  readonly context: RequestContext;
}

/**
 * Deletes an object, or marks it when grace, finalizers or the garbage collector come first.
 * Behaviour: k8s.io/apiserver registry/generic Store.Delete, v1.37.
 */
export async function deleteObject<T extends KubernetesObject>(
  parts: StoreParts<T>,
  name: string,
  options: DeleteOptions<T>,
  context: RequestContext,
): Promise<DeleteResult<T>> {
  const request = { parts, key: parts.keys.object(context.namespace, name), options, context };
  if (options.ignoreStoreReadErrorWithClusterBreakingPotential === true)
    return await deleteUnreadable(request, name);
  for (;;) {
    const current = await parts.storage.get(request.key);
    if (current === undefined) throw notFoundError(parts.groupResource, name);
    const result = await attempt(request, current);
    if (result !== undefined) return result;
    context.signal.throwIfAborted();
  }
}

/** `undefined`: somebody else changed the object meanwhile. */
async function attempt<T extends KubernetesObject>(
  request: DeleteRequest<T>,
  current: Snapshot<T>,
): Promise<DeleteResult<T> | undefined> {
  const { parts, options, context } = request;
  const object = copyOf(parts, current);
  const grace = beforeDelete(parts, object, options, context);
  if (grace === 'pending')
    return { deleted: false, last: current, returnObject: returnsObject(parts) };
  if (parts.strategy.deferDeletion?.(object)) return await defer(request, current, object);
  const before = object.metadata.finalizers ?? [];
  const finalizers = finalizersForDeletion(
    object,
    options,
    parts.strategy.defaultDeletion ?? 'background',
  );
  if (grace === 'now' && finalizers.length === 0 && before.length === 0)
    return await remove(request, current);
  if (finalizers.length > 0) object.metadata.finalizers = [...finalizers];
  else delete object.metadata.finalizers;
  if (grace === 'now' && finalizers.length === 0) return await remove(request, current);
  if (grace === 'now') markAsDeleting(object, parts.clock.now());
  const waits = finalizers.length > 0 || (object.metadata.deletionGracePeriodSeconds ?? 0) > 0;
  return await mark(request, current, object, waits);
}

/** Stores the marked object; goes on to delete it when nothing is left to wait for. */
async function mark<T extends KubernetesObject>(
  request: DeleteRequest<T>,
  current: Snapshot<T>,
  object: T,
  waits: boolean,
): Promise<DeleteResult<T> | undefined> {
  const { parts, key, options } = request;
  await options.validate?.(current.object);
  if (options.dryRun) {
    return {
      deleted: !waits,
      last: new ObjectRepresentation(object, parts.encode),
      returnObject: waits || returnsObject(parts),
    };
  }
  const value = encodeForStorage(parts, object);
  // One that is marked already stays at its revision.
  const put = isUnchanged(value, current)
    ? ({ succeeded: true, snapshot: current } as const)
    : await parts.storage.put(key, value, current.revision, { object });
  if (!put.succeeded) return undefined;
  if (waits) return { deleted: false, last: put.snapshot, returnObject: true };
  return await removeMarked(request, put.snapshot);
}

/** Deletes an object that was just marked; somebody who was faster has done the same. */
async function removeMarked<T extends KubernetesObject>(
  { parts, key }: DeleteRequest<T>,
  marked: Snapshot<T>,
): Promise<DeleteResult<T> | undefined> {
  const removed = await removeNow(parts, key, marked);
  if (removed.succeeded)
    return { deleted: true, last: removed.snapshot, returnObject: returnsObject(parts) };
  return removed.current === undefined
    ? { deleted: true, last: marked, returnObject: returnsObject(parts) }
    : undefined;
}

async function remove<T extends KubernetesObject>(
  { parts, key, options }: DeleteRequest<T>,
  current: Snapshot<T>,
): Promise<DeleteResult<T> | undefined> {
  await options.validate?.(current.object);
  if (options.dryRun) return { deleted: true, last: current, returnObject: returnsObject(parts) };
  const removed = await removeNow(parts, key, current);
  return removed.succeeded
    ? { deleted: true, last: removed.snapshot, returnObject: returnsObject(parts) }
    : undefined;
}

async function removeNow<T extends KubernetesObject>(
  parts: StoreParts<T>,
  key: string,
  current: Snapshot<T>,
): Promise<PutResult<T>> {
  const effects = (await parts.hooks.beginDelete?.(current.object)) ?? {};
  const removed = await parts.storage.remove(
    key,
    current.revision,
    effects.also === undefined ? {} : { also: effects.also },
  );
  if (removed.succeeded) effects.commit?.();
  else effects.rollback?.();
  return removed;
}

/** Marks an object whose deletion waits for something of its own; leaves it when it is marked already. */
async function defer<T extends KubernetesObject>(
  { parts, key, options }: DeleteRequest<T>,
  current: Snapshot<T>,
  object: T,
): Promise<DeleteResult<T> | undefined> {
  if (current.object.metadata.deletionTimestamp !== undefined)
    return { deleted: false, last: current, returnObject: true };
  await options.validate?.(current.object);
  const finalizers = finalizersForDeletion(
    object,
    options,
    parts.strategy.defaultDeletion ?? 'background',
  );
  if (finalizers.length > 0) object.metadata.finalizers = [...finalizers];
  object.metadata.deletionTimestamp = formatTime(parts.clock.now());
  if (options.dryRun)
    return {
      deleted: false,
      last: new ObjectRepresentation(object, parts.encode),
      returnObject: true,
    };
  const put = await parts.storage.put(key, encodeForStorage(parts, object), current.revision, {
    object,
  });
  return put.succeeded ? { deleted: false, last: put.snapshot, returnObject: true } : undefined;
}

/** Marks an object without grace. Behaviour: registry/generic markAsDeleting. */
function markAsDeleting({ metadata }: KubernetesObject, now: number): void {
  if (metadata.deletionTimestamp === undefined && metadata.generation)
    metadata.generation = addInt64(metadata.generation, 1);
  if (metadata.deletionTimestamp === undefined || Date.parse(metadata.deletionTimestamp) > now)
    metadata.deletionTimestamp = formatTime(now);
  metadata.deletionGracePeriodSeconds = 0;
}

const returnsObject = <T extends KubernetesObject>({ strategy }: StoreParts<T>): boolean =>
  strategy.returnDeletedObject === true;

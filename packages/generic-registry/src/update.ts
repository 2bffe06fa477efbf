import {
  conflictError,
  goQuote,
  invalid,
  invalidError,
  notFoundError,
  StatusError,
  type KubernetesObject,
} from '@keelson/api-machinery';
import type {
  Representation,
  RequestContext,
  UpdatedObject,
  UpdateOptions,
} from '@keelson/rest-interfaces';
import type { PutResult, Snapshot } from '@keelson/storage';
import { isUnchanged, withOldTimestamps } from './unchanged.ts';
import { ObjectRepresentation } from './object-representation.ts';
import { fillSystemFields, prepareCreate } from './prepare-create.ts';
import { prepareUpdate } from './prepare-update.ts';
import type { WriteEffects } from './resource.ts';
import { encodeForStorage, type StoreParts } from './store-parts.ts';

/** What clients match on when they lost a race. Behaviour: registry/generic OptimisticLockErrorMsg. */
export const optimisticLockMessage =
  'the object has been modified; please apply your changes to the latest version and try again';

export interface UpdateResult<T> {
  readonly item: Representation<T>;
  readonly created: boolean;
}

/** What one attempt came to; `undefined` says that somebody else was faster: try again on the newest state. */
type Attempt<T> = UpdateResult<T> | undefined;

/**
 * Changes an object, or creates it where the strategy allows that, again and again until nobody came in between.
 * Behaviour: k8s.io/apiserver registry/generic Store.Update and storage GuaranteedUpdate, v1.37.
 */
export async function update<T extends KubernetesObject>(
  parts: StoreParts<T>,
  name: string,
  updated: UpdatedObject<T>,
  options: UpdateOptions<T>,
  context: RequestContext,
): Promise<UpdateResult<T>> {
  const key = parts.keys.object(context.namespace, name);
  for (;;) {
    const current = await parts.storage.get(key);
    const request = { parts, key, name, updated, options, context };
    const result =
      current === undefined ? await createInstead(request) : await change(request, current);
    if (result !== undefined) return result;
    context.signal.throwIfAborted();
  }
}

interface Request<T extends KubernetesObject> {
  readonly parts: StoreParts<T>;
  readonly key: string;
  readonly name: string;
  readonly updated: UpdatedObject<T>;
  readonly options: UpdateOptions<T>;
  readonly context: RequestContext;
}

async function createInstead<T extends KubernetesObject>({
  parts,
  key,
  name,
  updated,
  options,
  context,
}: Request<T>): Promise<Attempt<T>> {
  if (parts.strategy.allowCreateOnUpdate !== true && options.forceAllowCreate !== true) {
    throw notFoundError(parts.groupResource, name);
  }
  checkPreconditions(parts, shownKey(parts, key, options), name, updated, undefined);
  const object = await updated.apply(undefined);
  givenVersion(object);
  fillSystemFields(object, parts.clock.now());
  const effects: WriteEffects = (await parts.hooks.beginCreate?.(object, options.dryRun)) ?? {};
  return await writing(effects, async () => {
    prepareCreate(parts, object, context);
    await options.validateCreate?.(object, undefined);
    if (options.dryRun)
      return {
        result: { item: new ObjectRepresentation(object, parts.encode), created: true },
        written: false,
      };
    const put = await parts.storage.put(key, encodeForStorage(parts, object), 0, {
      object,
      ...alsoOf(effects),
      ...ttlOf(parts),
    });
    return { result: succeeded(put, true), written: put.succeeded };
  });
}

async function change<T extends KubernetesObject>(
  { parts, key, name, updated, options, context }: Request<T>,
  current: Snapshot<T>,
): Promise<Attempt<T>> {
  const old = current.object;
  checkPreconditions(parts, shownKey(parts, key, options), name, updated, old);
  const object = await updated.apply(old);
  checkResourceVersion(parts, name, object, old);
  const effects: WriteEffects =
    (await parts.hooks.beginUpdate?.(object, old, options.dryRun)) ?? {};
  return await writing(effects, async () => {
    prepareUpdate(parts, object, old, context);
    withOldTimestamps(object, old);
    await options.validate?.(object, old);
    if (shouldDelete(parts, object, old))
      return await deleteEmptied(parts, key, object, current, options.dryRun);
    if (options.dryRun)
      return {
        result: { item: new ObjectRepresentation(object, parts.encode), created: false },
        written: false,
      };
    const value = encodeForStorage(parts, object);
    if (isUnchanged(value, current))
      return { result: { item: current, created: false }, written: false };
    const put = await parts.storage.put(key, value, current.revision, {
      object,
      ...alsoOf(effects),
      ...ttlOf(parts),
    });
    return { result: succeeded(put, false), written: put.succeeded };
  });
}

/** Takes the effects along: committed when the write happened, else rolled back. */
async function writing<T>(
  effects: WriteEffects,
  write: () => Promise<{ result: Attempt<T>; written: boolean }>,
): Promise<Attempt<T>> {
  let done = false;
  try {
    const { result, written } = await write();
    if (written) {
      done = true;
      effects.commit?.();
    }
    return result;
  } finally {
    if (!done) effects.rollback?.();
  }
}

const succeeded = <T>(put: PutResult<T>, created: boolean): Attempt<T> =>
  put.succeeded ? { item: put.snapshot, created } : undefined;
const alsoOf = (effects: WriteEffects) =>
  effects.also === undefined ? {} : { also: effects.also };
const ttlOf = <T extends KubernetesObject>({ resource }: StoreParts<T>) =>
  resource.ttlSeconds === undefined ? {} : { ttlSeconds: resource.ttlSeconds };

/** An update that takes the last finalizer from a marked object deletes it; the client gets the object that it sent. */
async function deleteEmptied<T extends KubernetesObject>(
  parts: StoreParts<T>,
  key: string,
  object: T,
  current: Snapshot<T>,
  dryRun: boolean,
): Promise<{ result: Attempt<T>; written: boolean }> {
  const item = new ObjectRepresentation(object, parts.encode);
  if (dryRun) return { result: { item, created: false }, written: false };
  const effects = (await parts.hooks.beginDelete?.(current.object)) ?? {};
  const removed = await parts.storage.remove(key, current.revision, alsoOf(effects));
  if (removed.succeeded) effects.commit?.();
  else effects.rollback?.();
  const gone = removed.succeeded || removed.current === undefined;
  return { result: gone ? { item, created: false } : undefined, written: removed.succeeded };
}

function shouldDelete<T extends KubernetesObject>(
  { strategy }: StoreParts<T>,
  object: T,
  old: T,
): boolean {
  if ((object.metadata.finalizers ?? []).length > 0) return false;
  if (old.metadata.deletionTimestamp === undefined) return false;
  if ((old.metadata.deletionGracePeriodSeconds ?? 0) !== 0) return false;
  return strategy.shouldDeleteDuringUpdate?.(object, old) ?? true;
}

/** The key as upstream's messages show it: dry runs know nothing of the root. */
const shownKey = <T extends KubernetesObject>(
  { keys }: StoreParts<T>,
  key: string,
  { dryRun }: UpdateOptions<T>,
): string => (dryRun ? keys.belowRoot(key) : key);

// The text is what upstream's storage says, wrapped in a Conflict.
function checkPreconditions<T extends KubernetesObject>(
  parts: StoreParts<T>,
  key: string,
  name: string,
  { preconditions }: UpdatedObject<T>,
  current: T | undefined,
): void {
  const uid = current?.metadata.uid ?? '';
  const resourceVersion = current?.metadata.resourceVersion ?? '';
  const failed = (what: string) =>
    conflictError(
      parts.groupResource,
      name,
      `StorageError: invalid object, Code: 4, Key: ${key}, ResourceVersion: 0, AdditionalErrorMsg: ${what}`,
    );
  if (preconditions?.uid !== undefined && preconditions.uid !== uid) {
    throw failed(
      `Precondition failed: UID in precondition: ${preconditions.uid}, UID in object meta: ${uid}`,
    );
  }
  if (
    preconditions?.resourceVersion !== undefined &&
    preconditions.resourceVersion !== resourceVersion
  ) {
    throw failed(
      `Precondition failed: ResourceVersion in precondition: ${preconditions.resourceVersion}, ResourceVersion in object meta: ${resourceVersion}`,
    );
  }
}

function checkResourceVersion<T extends KubernetesObject>(
  parts: StoreParts<T>,
  name: string,
  object: T,
  old: T,
): void {
  const given = givenVersion(object);
  const unset = given === '' || given === '0';
  if (unset && parts.strategy.allowUnconditionalUpdate !== false) {
    object.metadata.resourceVersion = old.metadata.resourceVersion ?? '';
    return;
  }
  if (unset) {
    const kind = { group: parts.groupResource.group, kind: parts.groupResource.resource };
    throw invalidError(kind, name, [
      invalid('metadata.resourceVersion', 0, 'must be specified for an update'),
    ]);
  }
  if (given !== old.metadata.resourceVersion)
    throw conflictError(parts.groupResource, name, optimisticLockMessage);
}

/** The revision that an object says it is of. Upstream fails on what is none: throws 500. */
function givenVersion({ metadata: { resourceVersion = '' } }: KubernetesObject): string {
  if (/^\d*$/.test(resourceVersion)) return resourceVersion;
  const message = `strconv.ParseUint: parsing ${goQuote(resourceVersion)}: invalid syntax`;
  throw new StatusError({ code: 500, reason: '', message });
}

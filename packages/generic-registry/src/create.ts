import {
  alreadyExistsError,
  generateName,
  generateNameConflictError,
  StatusError,
  type KubernetesObject,
} from '@keelson/api-machinery';
import type { CreateOptions, Representation, RequestContext } from '@keelson/rest-interfaces';
import type { Snapshot } from '@keelson/storage';
import { ObjectRepresentation } from './object-representation.ts';
import { fillSystemFields, prepareCreate } from './prepare-create.ts';
import type { WriteEffects } from './resource.ts';
import { encodeForStorage, type StoreParts } from './store-parts.ts';

/** How often a name is made up before the client is told to try again. Behaviour: registry/generic maxNameGenerationCreateAttempts. */
const nameAttempts = 8;

/** Creates an object. Behaviour: k8s.io/apiserver registry/generic Store.Create, v1.37. */
export async function create<T extends KubernetesObject>(
  parts: StoreParts<T>,
  object: T,
  options: CreateOptions<T>,
  context: RequestContext,
): Promise<Representation<T>> {
  const generates = Boolean(object.metadata.generateName) && !object.metadata.name;
  for (let attempt = 1; ; attempt++) {
    fillSystemFields(object, parts.clock.now());
    const outcome = await attemptCreate(parts, object, options, context);
    if (!('existing' in outcome)) return outcome.created;
    if (!generates || attempt === nameAttempts) throw takenError(parts, object, outcome.existing);
    object.metadata.name = generateName(object.metadata.generateName ?? '');
  }
}

type Outcome<T> =
  | { readonly created: Representation<T> }
  | { readonly existing: Snapshot<T> | undefined };

/** One attempt, repeated while only an allocation that goes along with it is taken by somebody else. */
async function attemptCreate<T extends KubernetesObject>(
  parts: StoreParts<T>,
  object: T,
  options: CreateOptions<T>,
  context: RequestContext,
): Promise<Outcome<T>> {
  for (;;) {
    const effects: WriteEffects = (await parts.hooks.beginCreate?.(object, options.dryRun)) ?? {};
    let written = false;
    try {
      prepareCreate(parts, object, context);
      await options.validate?.(object, undefined);
      const key = parts.keys.object(object.metadata.namespace ?? '', object.metadata.name ?? '');
      if (options.dryRun) return await dryRun(parts, key, object);
      refuseVersion(object);
      const result = await parts.storage.put(
        key,
        encodeForStorage(parts, object),
        0,
        putOptions(parts, object, effects),
      );
      if (result.succeeded) {
        written = true;
        effects.commit?.();
        return { created: result.snapshot };
      }
      if (result.current !== undefined || effects.also === undefined)
        return { existing: result.current };
    } finally {
      if (!written) effects.rollback?.();
    }
    context.signal.throwIfAborted();
  }
}

/** What is not there yet is of no revision. Upstream's store fails on it: throws 500. What is no number at all it does not see. */
function refuseVersion({ metadata: { resourceVersion = '' } }: KubernetesObject): void {
  if (!/^0*[1-9]\d*$/.test(resourceVersion)) return;
  const message = 'resourceVersion should not be set on objects to be created';
  throw new StatusError({ code: 500, reason: '', message });
}

async function dryRun<T extends KubernetesObject>(
  parts: StoreParts<T>,
  key: string,
  object: T,
): Promise<Outcome<T>> {
  const existing = await parts.storage.get(key);
  if (existing !== undefined) return { existing };
  return { created: new ObjectRepresentation(object, parts.encode) };
}

function putOptions<T extends KubernetesObject>(
  parts: StoreParts<T>,
  object: T,
  effects: WriteEffects,
) {
  const { ttlSeconds } = parts.resource;
  return {
    object,
    ...(ttlSeconds === undefined ? {} : { ttlSeconds }),
    ...(effects.also === undefined ? {} : { also: effects.also }),
  };
}

function takenError<T extends KubernetesObject>(
  parts: StoreParts<T>,
  object: T,
  existing: Snapshot<T> | undefined,
): StatusError {
  const name = object.metadata.name ?? '';
  const error = object.metadata.generateName
    ? generateNameConflictError(parts.groupResource, name, 1)
    : alreadyExistsError(parts.groupResource, name);
  if (existing?.object.metadata.deletionTimestamp === undefined) return error;
  const { code, reason, details = {} } = error;
  const message = `object is being deleted: ${error.message}`;
  return new StatusError({ code, reason, message, details });
}

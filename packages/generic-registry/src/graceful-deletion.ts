import {
  addInt64,
  conflictError,
  formatTime,
  internalServerError,
  invalidError,
  secondsToMilliseconds,
  validateDeleteOptions,
  type Int64,
  type KubernetesObject,
} from '@keelson/api-machinery';
import type { DeleteOptions, RequestContext } from '@keelson/rest-interfaces';
import type { StoreParts } from './store-parts.ts';

/**
 * `now`: nothing holds the object. `graceful`: it was marked and given time. `pending`: an earlier deletion already gave it
 * as little time as this one would.
 */
export type Grace = 'now' | 'graceful' | 'pending';

/**
 * Checks what a deletion asks for and marks `object`, which it may change, when the deletion is graceful.
 * Behaviour: k8s.io/apiserver registry/rest BeforeDelete, v1.37.
 */
export function beforeDelete<T extends KubernetesObject>(
  parts: StoreParts<T>,
  object: T,
  options: DeleteOptions<T>,
  context: RequestContext,
): Grace {
  const errors = validateDeleteOptions(options);
  if (errors.length > 0)
    throw invalidError({ group: 'meta.k8s.io', kind: 'DeleteOptions' }, '', errors);
  if (parts.strategy.checkPreconditions !== undefined)
    parts.strategy.checkPreconditions(object, options.preconditions ?? {});
  else checkPreconditions(parts, object, options);
  const asked = atLeastOne(options.gracePeriodSeconds);
  const { metadata } = object;
  if (metadata.deletionGracePeriodSeconds !== undefined) {
    metadata.deletionGracePeriodSeconds = atLeastOne(metadata.deletionGracePeriodSeconds) ?? 0;
  }
  if (parts.strategy.checkGracefulDelete === undefined) return 'now';
  if (metadata.deletionTimestamp !== undefined) return shorten(object, asked, parts.clock.now());
  const deletion = asked === undefined ? {} : { gracePeriodSeconds: asked };
  if (!parts.strategy.checkGracefulDelete(object, deletion, context)) return 'now';
  const { gracePeriodSeconds } = deletion;
  if (gracePeriodSeconds === undefined)
    throw internalServerError(new Error('options.GracePeriodSeconds should not be nil'));
  metadata.deletionTimestamp = formatTime(
    parts.clock.now() + secondsToMilliseconds(gracePeriodSeconds),
  );
  metadata.deletionGracePeriodSeconds = gracePeriodSeconds;
  if (metadata.generation) metadata.generation = addInt64(metadata.generation, 1);
  return 'graceful';
}

/** A negative grace means one second. */
function atLeastOne(seconds: Int64 | undefined): Int64 | undefined {
  return seconds !== undefined && seconds < 0 ? 1 : seconds;
}

/** A marked object's time may only get shorter, and never ends in the past. */
function shorten(object: KubernetesObject, asked: Int64 | undefined, now: number): Grace {
  const { metadata } = object;
  const given = metadata.deletionGracePeriodSeconds ?? 0;
  // Marked without a grace, or with none left: an earlier deletion stopped half-way.
  if (given === 0) return 'now';
  if (asked === undefined || asked >= given) return 'pending';
  const marked = Date.parse(metadata.deletionTimestamp ?? '') - secondsToMilliseconds(given);
  const ends = marked + secondsToMilliseconds(asked);
  // Seconds are what is stored, so they are what is compared.
  const overdue = ends < now;
  metadata.deletionTimestamp = formatTime(overdue ? now : ends);
  metadata.deletionGracePeriodSeconds = overdue && asked !== 0 ? 1 : asked;
  return 'graceful';
}

function checkPreconditions<T extends KubernetesObject>(
  parts: StoreParts<T>,
  { metadata }: T,
  { preconditions }: DeleteOptions<T>,
): void {
  const resource = { group: parts.kind.group, resource: parts.kind.kind };
  const name = metadata.name ?? '';
  if (preconditions?.uid !== undefined && preconditions.uid !== metadata.uid) {
    throw conflictError(
      resource,
      name,
      `the UID in the precondition (${preconditions.uid}) does not match the UID in record (${metadata.uid}). The object might have been deleted and then recreated`,
    );
  }
  if (
    preconditions?.resourceVersion !== undefined &&
    preconditions.resourceVersion !== metadata.resourceVersion
  ) {
    throw conflictError(
      resource,
      name,
      `the ResourceVersion in the precondition (${preconditions.resourceVersion}) does not match the ResourceVersion in record (${metadata.resourceVersion}). The object might have been modified`,
    );
  }
}

import { StatusError, type KubernetesObject } from '@keelson/api-machinery';

/** Called with an object that is about to be stored. */
export type Finish = (object: KubernetesObject) => void;

/**
 * Runs a write, and again without managed fields when it is too large with them: a write counts more than who made it.
 * Behaviour: handlers isTooLargeError.
 */
export async function withinLimits<R>(write: (finish: Finish) => Promise<R>): Promise<R> {
  try {
    return await write(() => undefined);
  } catch (error) {
    if (!(error instanceof StatusError) || error.reason !== 'RequestEntityTooLarge') throw error;
    return await write(({ metadata }) => delete metadata.managedFields);
  }
}

import { expiredError, type Clock } from '@keelson/api-machinery';
import {
  StorageError,
  type BackendEvent,
  type Revision,
  type StorageBackend,
} from '@keelson/storage-backend';
import { Change } from './change.ts';
import type { WatchCache } from './watch-cache.ts';

/** What upstream says without its cache. */
export const tooOld = 'The resourceVersion for the provided watch is too old.';

/** Everything that happened up to and including a revision, behind the changes before. */
export interface PastChanges<T> {
  readonly revision: Revision;
  readonly changes: readonly Change<T>[];
}

/** Where the past is read from. */
export interface PastParts<T> {
  readonly backend: StorageBackend;
  readonly cache: WatchCache<T>;
  /** Of the resource. */
  readonly prefix: string;
  readonly clock: Clock;
}

/**
 * What has happened after a revision, as the backend remembers it, and what happens then, until the reader has enough. Throws the 410 that the
 * client is to see when the backend has given it up, too.
 */
export async function* pastChanges<T>(
  parts: PastParts<T>,
  { after, signal }: { readonly after: Revision; readonly signal: AbortSignal },
): AsyncGenerator<PastChanges<T>> {
  const { backend, prefix } = parts;
  const batches = backend.watch(prefix, { after, signal })[Symbol.asyncIterator]();
  try {
    const first = batches.next();
    // The last change may be long ago: then only progress tells that the past is over.
    backend.requestProgress(prefix);
    for (let step = await first; step.done !== true; step = await batches.next()) {
      const { revision, events } = step.value;
      yield { revision, changes: events.map((event) => changeOf(parts, event)) };
    }
  } catch (error) {
    throw error instanceof StorageError && error.code === 'compacted'
      ? expiredError(tooOld)
      : error;
  } finally {
    await batches.return?.();
  }
}

function changeOf<T>({ cache, clock }: PastParts<T>, event: BackendEvent): Change<T> {
  const current = event.type === 'put' ? event.entry : undefined;
  const { key, revision } = event.type === 'put' ? event.entry : event;
  return new Change({
    key,
    revision,
    time: clock.now(),
    current: current && cache.snapshotOf(current),
    previous: event.previous && cache.snapshotOf(event.previous),
  });
}

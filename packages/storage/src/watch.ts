import { expiredError } from '@keelson/api-machinery';
import type { Revision, StorageBackend } from '@keelson/storage-backend';
import type { Clock } from '@keelson/api-machinery';
import type { Freshness } from './freshness.ts';
import type { WatchEvent, WatchHandle, WatchQuery, WatchSink } from './object-storage.ts';
import type { Readiness } from './readiness.ts';
import { requireRevision } from './resource-version.ts';
import type { Timetable } from './timetable.ts';
import type { WatchCache } from './watch-cache.ts';
import type { WatchIndex } from './watch-index.ts';
import { startLifetime } from './watch-lifetime.ts';
import { watchTarget, type WatchScope } from './watch-target.ts';
import { Watcher } from './watcher.ts';

/** What watches are started with. */
export interface WatchParts<T> {
  readonly backend: StorageBackend;
  readonly cache: WatchCache<T>;
  readonly freshness: Freshness;
  readonly readiness: Readiness;
  readonly index: WatchIndex<T>;
  readonly scope: WatchScope;
  readonly clock: Clock;
  readonly timetable: Timetable;
}

/** Where a watch begins. */
interface Beginning {
  /** Whether the objects that are there come first. */
  readonly withState: boolean;
  readonly after: Revision;
}

/**
 * Starts a watch. What kube-apiserver answers before the stream begins is thrown; what it says in the stream (410, 504) ends
 * the watch through its sink.
 * Behaviour: k8s.io/apiserver cacher.Cacher.Watch, v1.37.
 */
export async function watch<T>(parts: WatchParts<T>, prefix: string, query: WatchQuery, sink: WatchSink<T>): Promise<WatchHandle> {
  const revision = requireRevision(query.resourceVersion);
  if (!parts.cache.loaded) throw parts.readiness.notReadyError();
  try {
    const beginning = await beginningOf(parts, query, revision);
    return register(parts, prefix, query, { sink, beginning });
  } catch (error) {
    sink.end(error instanceof Error ? error : new Error(String(error)));
    return { stop: () => undefined };
  }
}

async function beginningOf<T>(parts: WatchParts<T>, query: WatchQuery, revision: Revision): Promise<Beginning> {
  const { backend, cache, freshness } = parts;
  const withState = query.sendInitialEvents ?? revision === 0;
  const wanted = (query.resourceVersion ?? '') === '' ? await backend.revision() : revision;
  if (withState) {
    await freshness.until(wanted);
    return { withState, after: cache.revision };
  }
  const after = wanted === 0 ? cache.revision : wanted;
  const oldest = cache.history.knownAfter;
  if (after < oldest) throw expiredError(`too old resource version: ${after} (${oldest})`);
  return { withState, after };
}

interface Start<T> {
  readonly sink: WatchSink<T>;
  readonly beginning: Beginning;
}

/** Runs without a pause from looking at the cache to joining the index: nothing is missed in between. */
function register<T>(parts: WatchParts<T>, prefix: string, query: WatchQuery, { sink, beginning }: Start<T>): WatchHandle {
  const { cache, index, clock, timetable, freshness } = parts;
  const group = index.groupFor(watchTarget(parts.scope, prefix, query.selection));
  const { withState, after } = beginning;
  const watcher: Watcher<T> = new Watcher(
    {
      sink,
      group,
      history: cache.history,
      revision: () => freshness.revision,
      forget: () => {
        index.remove(watcher);
        lifetime.stop();
      },
    },
    after,
  );
  const bookmarks = query.allowWatchBookmarks === true;
  const lifetime = startLifetime({
    clock,
    timetable,
    deadline: query.deadline,
    bookmark: bookmarks ? () => void bookmarkWhenFresh(parts, watcher) : undefined,
    end: () => watcher.end(),
  });
  index.add(watcher);
  const initial = withState ? cache.state.range(group.target.prefix, { accept: (snapshot) => group.selects(snapshot) }).items : [];
  const closing: WatchEvent<T> | undefined =
    withState && bookmarks && query.sendInitialEvents !== false ? { type: 'BOOKMARK', revision: after, initialEventsEnd: true } : undefined;
  watcher.start(initial, closing);
  return { stop: () => watcher.stop() };
}

/** A bookmark is worth the more the newer it is: the cache is brought up to date first. */
async function bookmarkWhenFresh<T>({ backend, freshness }: WatchParts<T>, watcher: Watcher<T>): Promise<void> {
  try {
    await freshness.until(await backend.revision());
  } catch {
    // The backend does not answer: what the cache has is still true.
  }
  watcher.bookmark();
}

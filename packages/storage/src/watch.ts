import { expiredError, StatusError, type Clock } from '@keelson/api-machinery';
import type { Revision, StorageBackend } from '@keelson/storage-backend';
import type { Compaction } from './compaction.ts';
import type { Freshness } from './freshness.ts';
import { isOutOfReach } from './list.ts';
import { pastChanges, tooOld } from './past-changes.ts';
import type { BookmarkEvent, WatchHandle, WatchQuery, WatchSink } from './object-storage.ts';
import type { Readiness } from './readiness.ts';
import { checkReached, requireRevision } from './resource-version.ts';
import type { StoredSnapshot } from './stored-snapshot.ts';
import type { Timer } from './timers.ts';
import type { Timetable } from './timetable.ts';
import type { WatchCache } from './watch-cache.ts';
import type { WatchGroup } from './watch-group.ts';
import type { WatchIndex } from './watch-index.ts';
import { startLifetime } from './watch-lifetime.ts';
import { watchTarget, type WatchScope } from './watch-target.ts';
import { Watcher, type WatcherParts } from './watcher.ts';

/** What watches are started with. */
export interface WatchParts<T> {
  readonly backend: StorageBackend;
  readonly cache: WatchCache<T>;
  readonly freshness: Freshness;
  readonly readiness: Readiness;
  readonly compaction: Compaction;
  readonly index: WatchIndex<T>;
  readonly scope: WatchScope;
  readonly clock: Clock;
  readonly timetable: Timetable;
  /** See `ObjectStorageOptions.direct`. */
  readonly direct: boolean;
}

/** Where a watch begins. */
interface Beginning {
  /** Whether the objects that are there come first. */
  readonly withState: boolean;
  /** Only what happens after it is asked for; `undefined`: from what the cache has. */
  readonly after: Revision | undefined;
}

/**
 * Starts a watch. What kube-apiserver answers before the stream begins is thrown (500, 429); what it says in the stream
 * (410, 504, the backend's faults) ends the watch through its sink.
 * Behaviour: k8s.io/apiserver cacher.Cacher.Watch, v1.37.
 */
export async function watch<T>(
  parts: WatchParts<T>,
  prefix: string,
  query: WatchQuery,
  sink: WatchSink<T>,
): Promise<WatchHandle> {
  const revision = requireRevision(query.resourceVersion);
  if (!parts.readiness.ready) throw parts.readiness.notReadyError();
  try {
    const beginning = await beginningOf(parts, query, revision);
    return register(parts, { prefix, query, sink, beginning });
  } catch (error) {
    sink.end(StatusError.from(error));
    return { stop: () => undefined };
  }
}

async function beginningOf<T>(
  parts: WatchParts<T>,
  query: WatchQuery,
  revision: Revision,
): Promise<Beginning> {
  const { backend, freshness, compaction, direct } = parts;
  const withState = query.sendInitialEvents ?? revision === 0;
  const wanted = (query.resourceVersion ?? '') === '' ? await newest(parts) : revision;
  // Upstream says one to three seconds, by chance.
  if (withState && direct) await checkReached(backend, wanted, 1);
  if (withState) await freshness.until(wanted);
  if (withState || wanted === 0) return { withState, after: undefined };
  if (direct && !(await compaction.keeps(wanted + 1))) throw expiredError(tooOld);
  return { withState, after: wanted };
}

/** The newest revision that can be waited for. */
async function newest<T>(parts: WatchParts<T>): Promise<Revision> {
  const revision = await parts.backend.revision();
  return isOutOfReach(parts, revision) ? parts.cache.revision : revision;
}

interface Start<T> {
  readonly prefix: string;
  readonly query: WatchQuery;
  readonly sink: WatchSink<T>;
  readonly beginning: Beginning;
}

/** Runs without a pause from looking at the cache to joining the index: nothing is missed or doubled in between. */
function register<T>(
  parts: WatchParts<T>,
  { prefix, query, sink, beginning }: Start<T>,
): WatchHandle {
  const { cache, index } = parts;
  const after = beginning.after ?? cache.revision;
  const oldest = cache.history.knownAfter;
  if (after < oldest && !parts.direct)
    throw expiredError(`too old resource version: ${after} (${oldest})`);
  const group = index.groupFor(watchTarget(parts.scope, prefix, query.selection));
  const forget = (): void => {
    index.remove(watcher);
    lifetime.stop();
  };
  const watcher: Watcher<T> = new Watcher(
    {
      sink,
      group,
      history: cache.history,
      past: pastOf(parts),
      revision: () => cache.revision,
      behind: index.behind,
      forget,
    },
    after,
  );
  const lifetime = lifetimeOf(parts, query, watcher);
  index.add(watcher);
  if (beginning.withState)
    watcher.start(
      group.initialEvents(after, () => stateFor(cache, group)),
      closingBookmark(query, after),
    );
  else watcher.start(undefined, undefined);
  return { stop: () => watcher.stop() };
}

/** What no cache remembers is the backend's to tell where answers are to be those of none. */
function pastOf<T>(parts: WatchParts<T>): WatcherParts<T>['past'] {
  const { direct, scope } = parts;
  return direct ? (from) => pastChanges({ ...parts, prefix: scope.prefix }, from) : undefined;
}

function stateFor<T>({ state }: WatchCache<T>, group: WatchGroup<T>): readonly StoredSnapshot<T>[] {
  const { prefix, key, test } = group.target;
  if (key === undefined) return state.range(prefix, { accept: test }).items;
  const snapshot = state.get(key);
  return snapshot !== undefined && group.selects(snapshot) ? [snapshot] : [];
}

function closingBookmark(
  { sendInitialEvents, allowWatchBookmarks }: WatchQuery,
  revision: Revision,
): BookmarkEvent | undefined {
  const wanted = sendInitialEvents !== false && allowWatchBookmarks === true;
  return wanted ? { type: 'BOOKMARK', revision, initialEventsEnd: true } : undefined;
}

function lifetimeOf<T>(parts: WatchParts<T>, query: WatchQuery, watcher: Watcher<T>): Timer {
  const { clock, timetable } = parts;
  const bookmark =
    query.allowWatchBookmarks === true ? () => void bookmarkWhenFresh(parts, watcher) : undefined;
  return startLifetime({
    clock,
    timetable,
    deadline: query.deadline,
    bookmark,
    end: () => watcher.end(),
  });
}

/** A bookmark is worth the more the newer it is: the cache is brought up to date first. */
async function bookmarkWhenFresh<T>(
  { backend, freshness }: WatchParts<T>,
  watcher: Watcher<T>,
): Promise<void> {
  try {
    await freshness.until(await backend.revision());
  } catch {
    // The backend does not answer: what the cache has is still true.
  }
  watcher.bookmark();
}

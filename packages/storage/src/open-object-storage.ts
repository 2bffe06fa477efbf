import type { StorageBackend } from '@keelson/storage-backend';
import { CacheFeed } from './cache-feed.ts';
import { Compaction } from './compaction.ts';
import { Freshness } from './freshness.ts';
import { get } from './get.ts';
import { Handover } from './handover.ts';
import { History } from './history.ts';
import { list, type ListParts } from './list.ts';
import type {
  ListQuery,
  ObjectStorage,
  PutOptions,
  PutResult,
  SnapshotList,
  WatchHandle,
  WatchQuery,
  WatchSink,
} from './object-storage.ts';
import type { ObjectStorageOptions } from './object-storage-options.ts';
import { Readiness } from './readiness.ts';
import { RecentObjects } from './recent-objects.ts';
import type { Snapshot } from './snapshot.ts';
import { StoredSnapshot, type ObjectForm } from './stored-snapshot.ts';
import { systemTimers } from './timers.ts';
import { Timetable } from './timetable.ts';
import { watch, type WatchParts } from './watch.ts';
import { WatchCache } from './watch-cache.ts';
import { WatchIndex } from './watch-index.ts';
import { discard, put, remove, type WriteParts } from './write.ts';

/** How much JSON is kept in its parsed form, per storage: a few thousand small objects. */
const recentObjectBytes = 2 * 1024 * 1024;

/** Opens the storage of one resource; it begins to fill its cache at once. */
export function openObjectStorage<T>(options: ObjectStorageOptions<T>): ObjectStorage<T> {
  return new CachedObjectStorage(options);
}

class CachedObjectStorage<T> implements ObjectStorage<T> {
  readonly #backend: StorageBackend;
  readonly #parts: ListParts<T> & WatchParts<T> & WriteParts<T>;
  readonly #feed: CacheFeed<T>;

  constructor(options: ObjectStorageOptions<T>) {
    const { backend, prefix, clock, timers = systemTimers, indexedFields = [] } = options;
    const { direct = false } = options;
    this.#backend = backend;
    const form: ObjectForm<T> = {
      parse: (bytes) => options.parse(bytes),
      translate: (bytes) => options.translate?.(bytes) ?? bytes,
      attributes: (object) => options.attributes(object),
      recent: new RecentObjects(recentObjectBytes),
    };
    const history = new History<T>(options.historyLimits);
    const freshness = new Freshness(timers, () => backend.requestProgress(prefix));
    const handover = new Handover<T>(
      (entry) => new StoredSnapshot(form, entry.key, entry.revision, entry.value),
    );
    const scope = { prefix, indexedFields };
    const index = new WatchIndex<T>(prefix, timers);
    const dispatch: WatchIndex<T>['dispatch'] = (changes) => index.dispatch(changes);
    const timetable = new Timetable(clock, timers);
    const cache = new WatchCache<T>({
      form,
      history,
      freshness,
      handover,
      clock,
      timetable,
      dispatch,
    });
    const readiness = new Readiness(clock, () => this.#feed.lastError);
    this.#feed = new CacheFeed({
      backend,
      prefix,
      cache,
      timers,
      onLoaded: () => readiness.open(),
    });
    const compaction = new Compaction(backend, clock);
    this.#parts = {
      backend,
      cache,
      freshness,
      readiness,
      index,
      scope,
      clock,
      timetable,
      handover,
      compaction,
      direct,
    };
  }

  ready(): Promise<void> {
    return this.#feed.loaded;
  }

  get(key: string, resourceVersion?: string): Promise<Snapshot<T> | undefined> {
    return get(this.#parts, key, resourceVersion);
  }

  peek(key: string): Snapshot<T> | undefined {
    const { handover, cache } = this.#parts;
    const newest = handover.newest(key);
    return newest === undefined ? cache.state.get(key) : (newest ?? undefined);
  }

  list(prefix: string, query: ListQuery): Promise<SnapshotList<T>> {
    return list(this.#parts, prefix, query);
  }

  put(
    key: string,
    value: Uint8Array,
    expected: number,
    options: PutOptions<T> = {},
  ): Promise<PutResult<T>> {
    return put(this.#parts, { key, expected, options }, value);
  }

  remove(
    key: string,
    expected: number,
    options: Pick<PutOptions<T>, 'also'> = {},
  ): Promise<PutResult<T>> {
    return remove(this.#parts, { key, expected, options });
  }

  discard(key: string): Promise<boolean> {
    return discard(this.#backend, key);
  }

  watch(prefix: string, query: WatchQuery, sink: WatchSink<T>): Promise<WatchHandle> {
    return watch(this.#parts, prefix, query, sink);
  }

  async count(prefix: string): Promise<number> {
    const { cache, readiness } = this.#parts;
    return readiness.ready ? cache.state.count(prefix) : this.#backend.count(prefix);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const { index, timetable, freshness, readiness } = this.#parts;
    readiness.stop();
    for (const watcher of index.watchers()) watcher.end();
    timetable.close();
    freshness.close(readiness.notReadyError());
    await this.#feed.close();
  }
}

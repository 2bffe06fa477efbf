import type { FieldSelector, LabelSelectorMatcher } from '@keelson/api-machinery';
import type { Operation, Comparison, Revision } from '@keelson/storage-backend';
import type { Snapshot } from './snapshot.ts';

/** Which objects a list or a watch is about. Absent selectors match everything. */
export interface Selection {
  readonly labels?: LabelSelectorMatcher;
  readonly fields?: FieldSelector;
}

export interface ListQuery {
  readonly selection?: Selection;
  /** As the client sent it: absent, `0` or a revision. */
  readonly resourceVersion?: string;
  readonly resourceVersionMatch?: string;
  readonly limit?: number;
  readonly continue?: string;
}

export interface SnapshotList<T> {
  /** In key order. */
  readonly items: readonly Snapshot<T>[];
  readonly revision: Revision;
  /** Present when the limit cut the list short. */
  readonly continue?: string;
  /** Present when the limit cut the list short and no selector was given. */
  readonly remainingItemCount?: number;
}

export type WatchEventType = 'ADDED' | 'MODIFIED' | 'DELETED';

/** One event, shared by every watcher that gets it; what it is framed to is made once per encoding and kept. */
export type WatchEvent<T> = ObjectEvent<T> | BookmarkEvent;
export interface ObjectEvent<T> {
  readonly type: WatchEventType;
  readonly revision: Revision;
  /** For DELETED: the last state, at the revision of the deletion. */
  readonly snapshot: Snapshot<T>;
  encoded(encoding: string, make: (event: ObjectEvent<T>) => Uint8Array): Uint8Array;
}
export interface BookmarkEvent {
  readonly type: 'BOOKMARK';
  readonly revision: Revision;
  /** Whether it closes the initial events of a `sendInitialEvents` watch. */
  readonly initialEventsEnd: boolean;
}

export interface WatchQuery {
  readonly selection?: Selection;
  readonly resourceVersion?: string;
  readonly sendInitialEvents?: boolean;
  readonly allowWatchBookmarks?: boolean;
  /** When the watch ends by itself, in the clock's milliseconds; a bookmark is sent about 2 s before. */
  readonly deadline?: number;
}

/** Where a watch's events go. */
export interface WatchSink<T> {
  /**
   * Takes the events of one commit. The array and the events are shared. A promise asks to wait with further events until it
   * is settled; a watcher that waits for longer than the cache's history is ended.
   */
  next(events: readonly WatchEvent<T>[]): Promise<void> | undefined;
  /** The watch is over: by its deadline or a shutdown (no error), or with a StatusError that the client is told. Nothing follows. */
  end(error?: Error): void;
}

/** A watch under way. */
export interface WatchHandle {
  /** Ends it without a call to `end`. Idempotent. */
  stop(): void;
}

export interface PutOptions<T> {
  readonly ttlSeconds?: number;
  /** What `value` was encoded from, when the caller has it at hand: saves parsing it again. Ownership passes to the storage. */
  readonly object?: T;
  /** Further conditions and steps of the same transaction, at the same revision: allocations. */
  readonly also?: { readonly compare: readonly Comparison[]; readonly then: readonly Operation[] };
}

/** `undefined` in `current` says that the key is absent. */
export type PutResult<T> =
  | { readonly succeeded: true; readonly snapshot: Snapshot<T> }
  | { readonly succeeded: false; readonly current: Snapshot<T> | undefined };

/**
 * The objects of one resource over a backend, with the watch cache. Keys are whole backend keys; a `prefix` ends with `/`.
 *
 * Reads follow Kubernetes' rules for resourceVersion (facts: behaviour.md 3f), and throw the StatusError that the client is
 * to see (400, 410 Expired, 504 too large, 429 not ready). Faults of the backend come through as StorageError.
 */
export interface ObjectStorage<T> extends AsyncDisposable {
  /** Resolves when the cache holds the backend's state; rejects when that cannot be had. */
  ready(): Promise<void>;
  /** `undefined` when absent. Without a resourceVersion the read is linearizable. */
  get(key: string, resourceVersion?: string): Promise<Snapshot<T> | undefined>;
  /** The newest state that this server has seen, without a round trip: the first guess of an update. */
  peek(key: string): Snapshot<T> | undefined;
  list(prefix: string, query: ListQuery): Promise<SnapshotList<T>>;
  /** Writes `value` (the object's JSON without a resourceVersion) when the key stands at `expected`; 0 means absent. */
  put(
    key: string,
    value: Uint8Array,
    expected: Revision,
    options?: PutOptions<T>,
  ): Promise<PutResult<T>>;
  /** Deletes the key when it stands at `expected`; the snapshot is its last state at the revision of the deletion. */
  remove(
    key: string,
    expected: Revision,
    options?: Pick<PutOptions<T>, 'also'>,
  ): Promise<PutResult<T>>;
  /** Deletes the key whatever it holds, without reading that; false when it is absent. Watches that it concerns may end. */
  discard(key: string): Promise<boolean>;
  /**
   * Starts a watch; resolves when it is registered. Rejects with the StatusError for one that kube-apiserver refuses with a
   * status of its own: 500 for a resourceVersion that is no number, 429 before the cache is ready. What kube-apiserver says
   * in the stream (410 Expired, 504 too large, faults of the backend) goes to `sink.end`, and `watch` resolves. The sink may be
   * called before the promise is seen to be settled.
   */
  watch(prefix: string, query: WatchQuery, sink: WatchSink<T>): Promise<WatchHandle>;
  count(prefix: string): Promise<number>;
}

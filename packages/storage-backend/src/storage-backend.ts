/**
 * A point in the store's history. Every write transaction takes the next one; the first write of an empty store takes a
 * revision greater than 1. Revisions are whole numbers below 2^53.
 */
export type Revision = number;

/** A key with its value as it stood at some revision. Nobody may change `value`: it is shared. */
export interface Entry {
  readonly key: string;
  readonly value: Uint8Array;
  /** The revision of the write that gave the key this value. */
  readonly revision: Revision;
}

export interface ReadOptions {
  /** Reads the store as it stood at this revision. Without it, the read is linearizable. */
  readonly at?: Revision;
}

export interface ListOptions extends ReadOptions {
  /** The most entries to return; all when absent. */
  readonly limit?: number;
  /** The first key to return, inclusive; must not sort before `prefix`. */
  readonly start?: string;
}

export interface Page {
  /** In the order of their keys' UTF-8 bytes. */
  readonly entries: readonly Entry[];
  /** The revision at which all of them were read: `at`, or the store's newest at the time of the read. */
  readonly revision: Revision;
  /** How many further entries under the prefix sort after the last one returned, at the same revision. */
  readonly remaining: number;
}

export interface WriteOptions {
  /** Seconds after which the key deletes itself, as an ordinary delete with a revision and an event. Keys with about the same time share one lease. */
  readonly ttlSeconds?: number;
}

/** A condition of a transaction: the key stands at this revision; 0 means that it is absent. */
export interface Comparison {
  readonly key: string;
  readonly revision: Revision;
}

/** A step of a transaction. */
export type Operation =
  | ({ readonly type: 'put'; readonly key: string; readonly value: Uint8Array } & WriteOptions)
  | { readonly type: 'delete'; readonly key: string };

export interface Transaction {
  /** All must hold, or nothing is written. */
  readonly compare: readonly Comparison[];
  /** Done together at one revision. No key may occur twice. */
  readonly then: readonly Operation[];
}

export type TransactionResult =
  | { readonly succeeded: true; readonly revision: Revision }
  /** What the compared keys hold instead, in the order of `compare`; `undefined` for an absent one. */
  | {
      readonly succeeded: false;
      readonly revision: Revision;
      readonly current: readonly (Entry | undefined)[];
    };

/** One change. `previous` is what the key held before, when it existed. */
export type BackendEvent =
  | { readonly type: 'put'; readonly entry: Entry; readonly previous?: Entry }
  | {
      readonly type: 'delete';
      readonly key: string;
      readonly revision: Revision;
      readonly previous?: Entry;
    };

/**
 * Events of one or more whole revisions, in order: a revision is never split over two batches. `events` is empty for a
 * progress notification: everything up to and including `revision` has been delivered.
 */
export interface EventBatch {
  readonly revision: Revision;
  readonly events: readonly BackendEvent[];
}

export interface WatchOptions {
  /** Delivers what happened after this revision. Throws `compacted` when that is no longer known. */
  readonly after: Revision;
  /** Ends the iteration, without an error. */
  readonly signal?: AbortSignal;
}

/**
 * An ordered, versioned key-value store. It knows bytes and revisions, and nothing of Kubernetes.
 *
 * It promises what etcd promises, in etcd's words. Reads and writes are strictly serializable and a write that was
 * answered is durable (the memory backend excepted). Watches are ordered, unique, reliable (no gap), atomic (a revision's
 * events come together), resumable and bookmarkable. Every method throws only `StorageError`.
 *
 * Keys are non-empty strings that start with `/`. The suite in `./testing` holds every implementation to this.
 */
export interface StorageBackend extends AsyncDisposable {
  /**
   * `local`: every write goes through this object, so `revision()` costs nothing and a watch's batch is queued before the
   * write that caused it is answered. `remote`: others write too, and a linearizable read costs a round trip.
   */
  readonly location: 'local' | 'remote';

  /** `undefined` when the key is absent. Throws `compacted` when `at` is no longer kept, `future-revision` when it is not yet there. */
  get(key: string, options?: ReadOptions): Promise<Entry | undefined>;

  /** Entries whose key starts with `prefix`, all read at one revision. Throws as `get` does. */
  list(prefix: string, options?: ListOptions): Promise<Page>;

  /** How many keys start with `prefix` now. */
  count(prefix: string): Promise<number>;

  /** Compares and writes at one revision. Throws `too-large`, `no-space`, `unavailable`, `timeout`. After `timeout` or `unavailable` the write may or may not have happened; from etcd, after `no-space`, too. */
  transact(transaction: Transaction): Promise<TransactionResult>;

  /** Every change under `prefix` after a revision, in order and without gaps, until the signal aborts. Several watches at once are independent; a slow reader never delays a write. */
  watch(prefix: string, options: WatchOptions): AsyncIterable<EventBatch>;

  /** Whether `requestProgress` is answered soon. If not, watches tell of progress when it pleases the store: minutes may pass. */
  readonly answersProgress: boolean;

  /** Asks for a progress notification on every watch of this prefix that is caught up. Returns at once. */
  requestProgress(prefix: string): void;

  /** The store's newest revision, linearizably: no older than at the time of the call. Many callers at once may share an answer. */
  revision(): Promise<Revision>;

  /** The revision up to which history has been given up; 0 when all of it is kept. */
  compactedRevision(): Promise<Revision>;

  /** Throws when nothing can be written any more until the store is opened again, though reads go on. Absent where that cannot happen. */
  health?(): Promise<void>;

  /** Gives up history before `revision`: reads at and watches after earlier ones throw `compacted`. Later compactions win; compacting to the past does nothing. */
  compact(revision: Revision): Promise<void>;

  /** Where several servers share the store and each would compact it regularly: whether it is this one's turn, which is then taken. */
  claimCompaction?(revision: Revision): Promise<boolean>;
}

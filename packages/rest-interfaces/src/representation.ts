/** An object on its way to a client: immutable, shared, its encodings made once. `Snapshot` of @keelson/storage is one. */
export interface Representation<T = unknown> {
  readonly object: T;
  /** Without a newline at the end. */
  readonly json: Uint8Array;
  encoded(encoding: string, make: (representation: Representation<T>) => Uint8Array): Uint8Array;
}

export interface ListResult<T = unknown> {
  readonly items: readonly Representation<T>[];
  readonly resourceVersion: string;
  readonly continue?: string;
  readonly remainingItemCount?: number;
}

/** One event of a watch, shared by all its receivers; what it is framed to is made once per encoding and kept. */
export type WatchEvent<T = unknown> = ObjectEvent<T> | BookmarkEvent;
export interface ObjectEvent<T = unknown> {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly revision: number;
  /** For DELETED: the last state, at the revision of the deletion. */
  readonly snapshot: Representation<T>;
  encoded(encoding: string, make: (event: ObjectEvent<T>) => Uint8Array): Uint8Array;
}
export interface BookmarkEvent {
  readonly type: 'BOOKMARK';
  readonly revision: number;
  /** Whether it closes the initial events. */
  readonly initialEventsEnd: boolean;
}

/** Where a watch's events go; see `WatchSink` of @keelson/storage for the promises. */
export interface WatchSink<T = unknown> {
  next(events: readonly WatchEvent<T>[]): Promise<void> | undefined;
  end(error?: Error): void;
}

export interface WatchHandle {
  stop(): void;
}

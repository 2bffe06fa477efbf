import type { Revision } from './storage-backend.ts';

export type StorageErrorCode =
  /** The revision asked for is no longer kept; `revision` is the newest one. */
  | 'compacted'
  /** The revision asked for has not happened yet; `revision` is the newest one. */
  | 'future-revision'
  /** A value or a transaction is larger than the store takes. */
  | 'too-large'
  /** The store's quota or its disk is full: reads go on, writes do not. */
  | 'no-space'
  /** No answer in time; a write may or may not have happened. */
  | 'timeout'
  /** The store cannot be reached or was closed; a write may or may not have happened. */
  | 'unavailable'
  /** What was read fails its checksum or cannot be understood. */
  | 'corrupt'
  /** The data folder belongs to another process or to a newer version; the message says whose. */
  | 'locked';

export interface StorageErrorInit {
  readonly message?: string;
  readonly key?: string;
  readonly revision?: Revision;
  readonly cause?: unknown;
}

/** The one error of the storage layers. */
export class StorageError extends Error {
  readonly code: StorageErrorCode;
  readonly key: string | undefined;
  readonly revision: Revision | undefined;

  constructor(code: StorageErrorCode, init: StorageErrorInit = {}) {
    super(init.message ?? code, init.cause === undefined ? undefined : { cause: init.cause });
    this.name = 'StorageError';
    this.code = code;
    this.key = init.key;
    this.revision = init.revision;
  }
}

export type { Attributes, Snapshot } from './snapshot.ts';
export type {
  BookmarkEvent,
  ListQuery,
  ObjectEvent,
  ObjectStorage,
  PutOptions,
  PutResult,
  Selection,
  SnapshotList,
  WatchEvent,
  WatchEventType,
  WatchHandle,
  WatchQuery,
  WatchSink,
} from './object-storage.ts';
export { openObjectStorage } from './open-object-storage.ts';
export type { HistoryLimits, ObjectStorageOptions } from './object-storage-options.ts';
export { systemTimers } from './timers.ts';
export type { Timer, Timers } from './timers.ts';

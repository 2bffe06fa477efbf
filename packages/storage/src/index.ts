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

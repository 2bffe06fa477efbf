export type {
  BackendEvent,
  Comparison,
  Entry,
  EventBatch,
  ListOptions,
  Operation,
  Page,
  ReadOptions,
  Revision,
  StorageBackend,
  Transaction,
  TransactionResult,
  WatchOptions,
  WriteOptions,
} from './storage-backend.ts';
export { StorageError } from './storage-error.ts';
export type { StorageErrorCode, StorageErrorInit } from './storage-error.ts';

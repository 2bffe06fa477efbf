export type { RegistryEnvironment, Resource, Table, WriteEffects, WriteHooks } from './resource.ts';
export type { Change, Store, SubresourceStore } from './store.ts';
export type {
  DefaultDeletion,
  DeletionPreconditions,
  GracefulDeletion,
  Strategy,
} from './strategy.ts';
export { openRegistry } from './registry.ts';
export type { ApiGroup, Registry, RegistryOptions } from './registry.ts';
export { ObjectRepresentation } from './object-representation.ts';
export { ageColumn, defaultTable, nameColumn } from './table.ts';
export { toStatusError } from './storage-errors.ts';
export { optimisticLockMessage } from './update.ts';

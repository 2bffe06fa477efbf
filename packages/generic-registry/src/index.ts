export type { RegistryEnvironment, Resource, Table, WriteEffects, WriteHooks } from './resource.ts';
export type { Store, SubresourceStore } from './store.ts';
export type { DefaultDeletion, GracefulDeletion, Strategy } from './strategy.ts';

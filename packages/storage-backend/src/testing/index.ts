export type { BackendUnderTest } from './clause.ts';
export { describeStorageBackendContract } from './contract.ts';

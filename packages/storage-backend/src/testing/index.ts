export type { BackendUnderTest } from './clause.ts';
export { describeStorageBackendContract } from './contract.ts';
export { EtcdServer } from './etcd-server.ts';
export type { EtcdOptions } from './etcd-server.ts';

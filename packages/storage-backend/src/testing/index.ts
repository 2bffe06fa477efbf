export type { BackendUnderTest } from './clause.ts';
export { describeStorageBackendContract } from './contract.ts';
export { CutLine } from './cut-line.ts';
export { EtcdServer } from './etcd-server.ts';
export type { EtcdOptions } from './etcd-server.ts';
export { compareWithMemory } from './random-clauses.ts';
export { Random, chooseSeed } from './random.ts';
export { temporaryFolder } from './temporary-folder.ts';
export type { TemporaryFolder } from './temporary-folder.ts';

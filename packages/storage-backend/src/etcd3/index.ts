export { openEtcd3Backend } from './etcd3-backend.ts';
export type { Etcd3Options } from './etcd3-backend.ts';

export { KubeClient } from './kube-client.ts';
export type { Answer, Call, KubeObject, WatchLine } from './kube-client.ts';
export { ServerProcess } from './server-process.ts';

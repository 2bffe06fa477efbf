import { join } from 'node:path';
import { EtcdServer, temporaryFolder } from '@keelson/storage-backend/testing';
import type { Random } from '@keelson/storage-backend/testing';
import { cut, killEtcd, killServer, moveClock } from './faults.ts';
import type { Fault } from './faults.ts';
import { ServerProcess } from './server-process.ts';

/** What is tried, and what can be done to it. */
export interface Target extends AsyncDisposable {
  readonly kubeconfigs: readonly string[];
  readonly faults: readonly Fault[];
}

/** Keelson on one of its backends. On etcd there are two servers, as clients may go to any. */
export async function startKeelson(backend: string, random: Random): Promise<Target> {
  await using stack = new AsyncDisposableStack();
  const clockFile = join(stack.use(await temporaryFolder()).path, 'clock');
  const env = {
    NODE_OPTIONS: `--import=${new URL('skewed-clock.js', import.meta.url).href}`,
    KEELSON_CLOCK_FILE: clockFile,
  };
  const start = async (...flags: string[]) =>
    stack.use(await ServerProcess.start({ env }, '--storage-backend=' + backend, ...flags));
  const faults = [cut, moveClock(clockFile, random)];
  const servers: ServerProcess[] = [];
  if (backend === 'etcd3') {
    const etcd = stack.use(await EtcdServer.start());
    faults.push(killEtcd(etcd));
    for (let i = 0; i < 2; i++) servers.push(await start(`--etcd-servers=${etcd.url}`));
  } else servers.push(await start());
  // What is in memory is gone with the process: that is no fault of the server's.
  if (backend !== 'memory') faults.push(killServer(servers, random));
  const started = stack.move();
  return {
    kubeconfigs: servers.map(({ kubeconfig }) => kubeconfig),
    faults,
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}

import { after } from 'mocha';
import type { StorageBackend } from '../storage-backend.ts';
import { quotaBytes } from '../testing/quota-clauses.ts';
import { EtcdServer, describeStorageBackendContract } from '../testing/index.ts';
import { openEtcd3Backend } from './etcd3-backend.ts';

let server: EtcdServer | undefined;

/** An etcd that may hold little. */
let small: EtcdServer | undefined;

interface Maintenance {
  readonly dbSize?: string;
  readonly alarms?: readonly object[];
}

async function maintain(what: string, request: unknown): Promise<Maintenance> {
  const { url } = small!;
  const body = JSON.stringify(request);
  const response = await fetch(`${url}/v3/maintenance/${what}`, { method: 'POST', body });
  if (!response.ok) throw new Error(`${what}: ${await response.text()}`);
  return (await response.json()) as Maintenance;
}

async function open(): Promise<StorageBackend> {
  server ??= await EtcdServer.start();
  return await openEtcd3Backend({ endpoints: [server.url] });
}

describeStorageBackendContract('etcd3', {
  open,
  async openWithQuota(bytes) {
    await small?.[Symbol.asyncDispose]();
    small = await EtcdServer.start({ flags: [`--quota-backend-bytes=${bytes}`] });
    return await openEtcd3Backend({ endpoints: [small.url] });
  },
  // etcd gives the space of what was compacted back, and takes its alarm off, when it is asked to.
  async makeRoom() {
    // A compaction is answered before it is done.
    do await maintain('defragment', {});
    while (Number((await maintain('status', {})).dbSize) > quotaBytes / 2);
    const { alarms = [] } = await maintain('alarm', { action: 'GET' });
    for (const alarm of alarms) await maintain('alarm', { ...alarm, action: 'DEACTIVATE' });
  },
  async reopen() {
    await server!.end();
    await server!.boot();
    return await open();
  },
});

after(async () => {
  await server?.[Symbol.asyncDispose]();
  await small?.[Symbol.asyncDispose]();
});

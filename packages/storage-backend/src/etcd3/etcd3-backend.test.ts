import { after } from 'mocha';
import type { StorageBackend } from '../storage-backend.ts';
import { quotaBytes } from '../testing/quota-clauses.ts';
import type { BackendUnderTest } from '../testing/index.ts';
import { EtcdServer, describeStorageBackendContract } from '../testing/index.ts';
import { openEtcd3Backend } from './etcd3-backend.ts';
import { answersProgress } from './server-version.ts';

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

/** Earlier versions refuse deletions, too, when they are full: they do not keep this promise, and nobody can for them. */
const quota: Pick<BackendUnderTest, 'openWithQuota' | 'makeRoom'> = {
  async openWithQuota(bytes) {
    await small?.[Symbol.asyncDispose]();
    // Without the second flag etcd looks at its size ten times a second: meanwhile it may carry out what it then refuses.
    const flags = [`--quota-backend-bytes=${bytes}`, '--backend-batch-limit=1'];
    small = await EtcdServer.start({ flags });
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
};

async function open(): Promise<StorageBackend> {
  server ??= await EtcdServer.start();
  return await openEtcd3Backend({ endpoints: [server.url] });
}

describeStorageBackendContract('etcd3', {
  open,
  ...(answersProgress(EtcdServer.version()) ? quota : {}),
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

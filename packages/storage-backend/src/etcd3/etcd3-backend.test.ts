import { after } from 'mocha';
import type { StorageBackend } from '../storage-backend.ts';
import { EtcdServer, describeStorageBackendContract } from '../testing/index.ts';
import { openEtcd3Backend } from './etcd3-backend.ts';

let server: EtcdServer | undefined;

async function open(): Promise<StorageBackend> {
  server ??= await EtcdServer.start();
  return await openEtcd3Backend({ endpoints: [server.url] });
}

describeStorageBackendContract('etcd3', {
  open,
  async reopen() {
    await server!.end();
    await server!.boot();
    return await open();
  },
});

after(async () => {
  await server?.[Symbol.asyncDispose]();
});

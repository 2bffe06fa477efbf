import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StorageBackend } from '@keelson/storage-backend';
import type { Options } from './options.ts';

/** Opens the store that the options name. A backend that is not used is not loaded. */
export async function openBackend({ storage, etcd }: Options): Promise<StorageBackend> {
  if (storage.kind === 'memory') {
    const { createMemoryBackend } = await import('@keelson/storage-backend/memory');
    return createMemoryBackend({ quotaBytes: storage.quotaBytes });
  }
  if (storage.kind === 'embedded') {
    const { openEmbeddedBackend } = await import('@keelson/storage-backend/embedded');
    return await openEmbeddedBackend(join(storage.dataDir, 'store'), {
      quotaBytes: storage.quotaBytes,
    });
  }
  const { openEtcd3Backend } = await import('@keelson/storage-backend/etcd3');
  const file = async (name: string) => (name === '' ? undefined : await readFile(name));
  const [ca, cert, key] = await Promise.all([
    file(etcd.caFile),
    file(etcd.certFile),
    file(etcd.keyFile),
  ]);
  return await openEtcd3Backend({
    endpoints: etcd.servers,
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
  });
}

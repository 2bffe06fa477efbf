import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'mocha';
import type { StorageBackend } from '../storage-backend.ts';
import { describeStorageBackendContract } from '../testing/index.ts';
import { openEmbeddedBackend } from './embedded-backend.ts';

const folders = new Map<StorageBackend, string>();

async function openIn(folder: string): Promise<StorageBackend> {
  const backend = await openEmbeddedBackend(folder);
  folders.set(backend, folder);
  return backend;
}

describeStorageBackendContract('embedded', {
  open: async () => openIn(await mkdtemp(join(tmpdir(), 'keelson-embedded-'))),
  reopen: (closed) => openIn(folders.get(closed)!),
});

after(async () => {
  for (const folder of folders.values()) await rm(folder, { recursive: true, force: true });
});

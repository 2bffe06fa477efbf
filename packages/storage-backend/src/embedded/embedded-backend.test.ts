import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'mocha';
import type { StorageBackend } from '../storage-backend.ts';
import { describeStorageBackendContract } from '../testing/index.ts';
import { openEmbeddedBackend } from './embedded-backend.ts';
import type { EmbeddedOptions } from './embedded-backend.ts';

const folders = new Map<StorageBackend, string>();

async function openIn(folder: string, options: EmbeddedOptions = {}): Promise<StorageBackend> {
  const backend = await openEmbeddedBackend(folder, options);
  folders.set(backend, folder);
  return backend;
}

const newFolder = () => mkdtemp(join(tmpdir(), 'keelson-embedded-'));

describeStorageBackendContract('embedded', {
  open: async () => openIn(await newFolder()),
  openWithQuota: async (quotaBytes) => openIn(await newFolder(), { quotaBytes }),
  reopen: (closed) => openIn(folders.get(closed)!),
});

after(async () => {
  for (const folder of folders.values()) await rm(folder, { recursive: true, force: true });
});

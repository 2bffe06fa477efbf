import { describeStorageBackendContract } from '../testing/index.ts';
import { MemoryBackend } from './memory-backend.ts';

describeStorageBackendContract('memory', {
  open: async () => new MemoryBackend(),
  openWithQuota: async (quotaBytes) => new MemoryBackend({ quotaBytes }),
});

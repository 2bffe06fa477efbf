import type { StorageBackend } from '@keelson/storage-backend';

/**
 * Makes a check of whether the store answers in time, and can still be written to: a disk that failed is a reason to start again. Whoever asks while an answer is awaited waits for the same one: a store
 * that is away is not asked more the more often it is looked after.
 * Behaviour: k8s.io/apiserver storagebackend/factory newETCD3Check.
 */
export function storeProbe(backend: StorageBackend): (timeoutMs: number) => Promise<void> {
  let asked: Promise<unknown> | undefined;
  return async (timeoutMs) => {
    asked ??= Promise.all([backend.revision(), backend.health?.()]).finally(() => {
      asked = undefined;
    });
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => late.reject(new Error(outOfTime)), timeoutMs);
    try {
      await Promise.race([asked, late.promise]);
    } finally {
      clearTimeout(timer);
    }
  };
}

const outOfTime = 'error getting data from etcd: context deadline exceeded';

import type { StorageBackend } from '@keelson/storage-backend';
import type { Logger } from 'pino';

/**
 * Gives up history once per interval: what was the newest revision one interval ago. Several servers on one store take
 * turns. Behaviour: k8s.io/apiserver storage/etcd3 compactor. 0 turns it off.
 */
export function compactRegularly(
  backend: StorageBackend,
  intervalMs: number,
  logger: Logger,
): Disposable {
  if (intervalMs <= 0) return { [Symbol.dispose]: () => undefined };
  let seen = 0;
  const compact = async (): Promise<void> => {
    try {
      const due = seen;
      seen = await backend.revision();
      const mine = (await backend.claimCompaction?.(due)) ?? true;
      if (mine && due > 0) await backend.compact(due);
    } catch (error) {
      logger.warn({ err: error }, 'the history could not be compacted; it is tried again');
    }
  };
  const timer = setInterval(() => void compact(), intervalMs);
  timer.unref();
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

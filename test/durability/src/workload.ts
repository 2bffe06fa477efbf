import type { Revision, StorageBackend } from '@keelson/storage-backend';
import { StorageError } from '@keelson/storage-backend';
import type { Random } from '@keelson/storage-backend/testing';

/** A write that the store said is done: what it put, `null` for what it deleted. */
export interface Acknowledged {
  readonly revision: Revision;
  readonly writes: readonly (readonly [key: string, value: string | null])[];
}

export interface WorkloadOptions {
  readonly random: Random;
  /** Sets the values of this run apart from those of others. */
  readonly run: string;
  readonly onAcknowledged: (done: Acknowledged) => void;
  /** History up to here may be compacted while the workload goes on. */
  readonly compactable: Revision;
}

const writers = 8;
const keysPerWriter = 6;
/** Large enough for files to be begun and snapshots to be written in a short run. */
const valueBytes = 12 * 1024;

/**
 * Writes as fast as the store answers, until it no longer does. Every transaction is about a pair of keys, `/left/n` and
 * `/right/n`, which hold the same value or neither: half of one is a torn write.
 */
export async function work(store: StorageBackend, options: WorkloadOptions): Promise<void> {
  const all = Array.from({ length: writers }, (_, writer) => write(store, writer, options));
  await Promise.all([...all, compactNowAndThen(store, options)]);
}

async function write(
  store: StorageBackend,
  writer: number,
  { random, run, onAcknowledged }: WorkloadOptions,
): Promise<void> {
  for (let i = 0; ; i++) {
    const name = `${writer}-${random.below(keysPerWriter)}`;
    const value = random.chance(20) ? null : valueOf(`${run}-${writer}-${i}`, random);
    const keys = [`/left/${name}`, `/right/${name}`];
    try {
      const { revision } = await store.transact({
        compare: [],
        then: keys.map((key) =>
          value === null
            ? { type: 'delete', key }
            : { type: 'put', key, value: new TextEncoder().encode(value) },
        ),
      });
      onAcknowledged({ revision, writes: keys.map((key) => [key, value]) });
    } catch (error) {
      if (isOver(error)) return;
      throw error;
    }
  }
}

async function compactNowAndThen(
  store: StorageBackend,
  { random, compactable }: WorkloadOptions,
): Promise<void> {
  try {
    for (let to = (await store.compactedRevision()) + 1; to <= compactable;) {
      await store.compact(to);
      to += 1 + random.below(1 + compactable - to);
    }
  } catch (error) {
    if (!isOver(error)) throw error;
  }
}

/** Whether the store went away, as it is meant to. */
function isOver(error: unknown): boolean {
  return (
    error instanceof StorageError && (error.code === 'unavailable' || error.code === 'timeout')
  );
}

function valueOf(name: string, random: Random): string {
  return `${name}:`.padEnd(1 + random.below(valueBytes), name);
}

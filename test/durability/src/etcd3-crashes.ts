import { setTimeout as pause } from 'node:timers/promises';
import { StorageError } from '@keelson/storage-backend';
import type { EventBatch, StorageBackend } from '@keelson/storage-backend';
import { openEtcd3Backend } from '@keelson/storage-backend/etcd3';
import { EtcdServer } from '@keelson/storage-backend/testing';
import type { Random } from '@keelson/storage-backend/testing';
import type { CrashReport } from './crash-report.ts';
import { Model } from './model.ts';
import type { Acknowledged } from './workload.ts';
import { work } from './workload.ts';

/** Kills etcd under a backend that writes to it, again and again. One watch lives through all of it. */
export async function crashEtcd3(kills: number, random: Random): Promise<CrashReport> {
  await using etcd = await EtcdServer.start();
  const open = () => openEtcd3Backend({ endpoints: [etcd.url] });
  await using store = await open();
  const model = await Model.of(store);
  const through = new ThroughWatch(store, model.revision);
  let acknowledged = 0;
  for (let kill = 0; kill < kills; kill++) {
    const done = await runAndKill({ etcd, open, compactable: model.revision, random });
    acknowledged += done.length;
    await etcd.boot();
    try {
      await model.check(store, done);
      await through.reach(model.revision);
    } catch (error) {
      throw new Error(`after kill ${kill + 1}`, { cause: error });
    }
  }
  await through.end();
  return { kills, acknowledged, unacknowledged: model.unacknowledged, revision: model.revision };
}

interface Run {
  readonly etcd: EtcdServer;
  readonly open: () => Promise<StorageBackend>;
  readonly compactable: number;
  readonly random: Random;
}

/** Writes come over a connection of their own, which ends with the run: none may be tried again after the check. */
async function runAndKill({ etcd, open, compactable, random }: Run): Promise<Acknowledged[]> {
  const done: Acknowledged[] = [];
  const writing = await open();
  const run = `${random.below(2 ** 31)}`;
  const working = work(writing, {
    random,
    run,
    compactable,
    onAcknowledged: (one) => void done.push(one),
  });
  await pause(5 + random.below(120));
  await etcd.end();
  await writing[Symbol.asyncDispose]();
  await working;
  return done;
}

/** A watch that was begun before the first kill: each revision comes once, in order, none left out. */
class ThroughWatch {
  readonly #batches: AsyncIterator<EventBatch>;
  #reached: number;

  constructor(store: StorageBackend, after: number) {
    this.#batches = store.watch('/', { after })[Symbol.asyncIterator]();
    this.#reached = after;
  }

  async reach(revision: number): Promise<void> {
    while (this.#reached < revision) {
      const { value, done } = await this.#batches.next();
      if (done) throw new StorageError('unavailable', { message: 'the watch ended' });
      for (const event of value.events) {
        const next = event.type === 'put' ? event.entry.revision : event.revision;
        // Two events share each revision.
        if (next !== this.#reached && next !== this.#reached + 1) {
          throw new Error(`a watch came to ${next} after ${this.#reached}`);
        }
        this.#reached = next;
      }
    }
  }

  async end(): Promise<void> {
    await this.#batches.return?.();
  }
}

import type { BackendEvent } from '../storage-backend.ts';
import { StorageError } from '../storage-error.ts';
import type { Commit } from './commit.ts';
import { costOf } from './history.ts';
import type { Tree } from './tree.ts';

/** What a key costs in memory besides its text and its value. */
const bytesPerKey = 200;

/** What live keys and values take. */
export class LiveBytes {
  bytes = 0;

  constructor(tree: Tree) {
    for (const entry of tree.values()) this.bytes += costOfKey(entry.key, entry.value);
  }

  apply(commit: Commit): void {
    this.bytes += growthOf(commit);
  }
}

/** How much a store may hold: live keys and the history behind them, in memory and, in about the same measure, on disk. */
export class Quota {
  readonly #limit: number;
  /** What commits add that are staged and not published. */
  #staged = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Throws `no-space` when a write puts something and would exceed the quota; deletions always may. */
  stage(commit: Commit, held: number): void {
    const growth = growthOf(commit) + costOf(commit);
    const size = held + this.#staged + growth;
    const puts = commit.events.some((event) => event.type === 'put');
    if (puts && size > this.#limit) throw exceeded(size, this.#limit);
    this.#staged += growth;
  }

  publish(commit: Commit): void {
    this.#staged -= growthOf(commit) + costOf(commit);
  }

  discard(): void {
    this.#staged = 0;
  }
}

function growthOf(commit: Commit): number {
  let bytes = 0;
  for (const event of commit.events) bytes += liveGrowth(event);
  return bytes;
}

function liveGrowth(event: BackendEvent): number {
  const { previous } = event;
  const before = previous ? costOfKey(previous.key, previous.value) : 0;
  const now = event.type === 'put' ? costOfKey(event.entry.key, event.entry.value) : 0;
  return now - before;
}

function costOfKey(key: string, value: Uint8Array): number {
  return bytesPerKey + key.length + value.length;
}

function exceeded(size: number, limit: number): StorageError {
  return new StorageError('no-space', {
    message: `the store would hold ${size} bytes, and its quota is ${limit}: delete objects, and compact the history`,
  });
}

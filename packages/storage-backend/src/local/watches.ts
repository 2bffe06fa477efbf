import type { EventBatch } from '../storage-backend.ts';
import type { StorageError } from '../storage-error.ts';
import { keyOf } from './commit.ts';
import type { Watch } from './watch.ts';

/** All running watches, found by prefix: a change costs the watches that it concerns, and nothing for the others. */
export class Watches {
  readonly #byPrefix = new Map<string, Set<Watch>>();
  /** How many prefixes have each length. */
  readonly #lengths = new Map<number, number>();

  add(watch: Watch): void {
    const watches = this.#byPrefix.get(watch.prefix);
    if (watches) {
      watches.add(watch);
      return;
    }
    this.#byPrefix.set(watch.prefix, new Set([watch]));
    const length = watch.prefix.length;
    this.#lengths.set(length, (this.#lengths.get(length) ?? 0) + 1);
  }

  remove(watch: Watch): void {
    const watches = this.#byPrefix.get(watch.prefix);
    if (!watches?.delete(watch) || watches.size > 0) return;
    this.#byPrefix.delete(watch.prefix);
    const length = watch.prefix.length;
    const left = this.#lengths.get(length)! - 1;
    if (left === 0) this.#lengths.delete(length);
    else this.#lengths.set(length, left);
  }

  publish(batch: EventBatch): void {
    const [first, ...others] = batch.events;
    if (first === undefined) return;
    if (others.length === 0) {
      for (const watches of this.#matching(keyOf(first))) {
        for (const watch of watches) watch.offer(batch);
      }
      return;
    }
    const concerned = new Set<Watch>();
    for (const event of batch.events) {
      for (const watches of this.#matching(keyOf(event))) {
        for (const watch of watches) concerned.add(watch);
      }
    }
    for (const watch of concerned) watch.offer(batch);
  }

  askProgress(prefix: string): void {
    for (const watch of this.#byPrefix.get(prefix) ?? []) watch.askProgress();
  }

  end(error: StorageError): void {
    for (const watches of this.#byPrefix.values()) {
      for (const watch of watches) watch.end(error);
    }
  }

  *#matching(key: string): Generator<Set<Watch>> {
    for (const length of this.#lengths.keys()) {
      if (length > key.length) continue;
      const watches = this.#byPrefix.get(key.slice(0, length));
      if (watches) yield watches;
    }
  }
}

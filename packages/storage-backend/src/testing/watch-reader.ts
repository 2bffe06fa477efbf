import { expect } from 'chai';
import type { BackendEvent, EventBatch, Revision } from '../storage-backend.ts';

const decoder = new TextDecoder();

/** Reads a watch batch by batch and checks what holds for every one: revisions grow, and none is split. */
export class WatchReader {
  readonly #iterator: AsyncIterator<EventBatch>;
  readonly #prefix: string;
  #revision: Revision = 0;

  constructor(batches: AsyncIterable<EventBatch>, prefix: string) {
    this.#iterator = batches[Symbol.asyncIterator]();
    this.#prefix = prefix;
  }

  /** The next batch; `undefined` when the watch has ended. */
  async next(): Promise<EventBatch | undefined> {
    const step = await this.#iterator.next();
    if (step.done) return undefined;
    const batch = step.value;
    const revisions = batch.events.map(revisionOf);
    if (revisions.length === 0) expect(batch.revision).to.be.at.least(this.#revision);
    else {
      expect(revisions[0]).to.be.above(this.#revision);
      expect(revisions).to.deep.equal(revisions.toSorted((a, b) => a - b));
      expect(batch.revision).to.equal(revisions.at(-1));
    }
    this.#revision = batch.revision;
    return batch;
  }

  /** All events up to the one that puts a key last, that one left out; nothing may come behind it in its batch. */
  async eventsUntil(name: string): Promise<BackendEvent[]> {
    const events: BackendEvent[] = [];
    for (;;) {
      const batch = await this.next();
      if (!batch) throw new Error(`The watch ended before ${name} was put`);
      events.push(...batch.events);
      const last = events.at(-1);
      if (last?.type === 'put' && last.entry.key === this.#prefix + name)
        return events.slice(0, -1);
    }
  }

  /** So many events, which must be all that has been delivered by then. */
  async take(count: number): Promise<BackendEvent[]> {
    const events: BackendEvent[] = [];
    while (events.length < count) {
      const batch = await this.next();
      if (!batch) throw new Error(`The watch ended after ${events.length} of ${count} events`);
      events.push(...batch.events);
    }
    expect(events).to.have.length(count);
    return events;
  }

  /** The revision of the next progress notification; whatever events come first are dropped. */
  async progress(): Promise<Revision> {
    for (;;) {
      const batch = await this.next();
      if (!batch) throw new Error('The watch ended before it made progress known');
      if (batch.events.length === 0) return batch.revision;
    }
  }

  async close(): Promise<void> {
    await this.#iterator.return?.();
  }

  /** `put name=value`, `delete name`. */
  show(event: BackendEvent): string {
    const name = (key: string) => key.slice(this.#prefix.length);
    if (event.type === 'delete') return `delete ${name(event.key)}`;
    return `put ${name(event.entry.key)}=${decoder.decode(event.entry.value)}`;
  }
}

export function revisionOf(event: BackendEvent): Revision {
  return event.type === 'put' ? event.entry.revision : event.revision;
}

import type { WatchEvent, WatchSink } from '../object-storage.ts';

/** A sink that writes down what it gets. */
export class RecordingSink<T> implements WatchSink<T> {
  readonly batches: (readonly WatchEvent<T>[])[] = [];
  ended = false;
  error: Error | undefined;
  #hold: PromiseWithResolvers<void> | undefined;

  /** From the next batch on, asks to wait until `release`. */
  hold(): void {
    this.#hold ??= Promise.withResolvers();
  }

  release(): void {
    this.#hold?.resolve();
    this.#hold = undefined;
  }

  next(events: readonly WatchEvent<T>[]): Promise<void> | undefined {
    if (this.ended) throw new Error('an event after the end');
    this.batches.push(events);
    return this.#hold?.promise;
  }

  end(error?: Error): void {
    if (this.ended) throw new Error('ended twice');
    this.ended = true;
    this.error = error;
  }

  /** All events so far, like `ADDED /registry/pods/default/web`, bookmarks like `BOOKMARK` or `BOOKMARK end`. */
  get log(): string[] {
    return this.batches.flat().map((event) => {
      if (event.type === 'BOOKMARK') return event.initialEventsEnd ? 'BOOKMARK end' : 'BOOKMARK';
      return `${event.type} ${event.snapshot.key.slice(event.snapshot.key.lastIndexOf('/') + 1)}`;
    });
  }

  get revisions(): number[] {
    return this.batches.flat().map((event) => event.revision);
  }
}

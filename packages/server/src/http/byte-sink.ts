import type { Writable } from 'node:stream';
import type { ByteSink } from '@keelson/endpoints';
import { drained } from './drained.ts';

/** Writes to a response; what is written within one turn of the event loop goes out together. */
export class ResponseSink implements ByteSink {
  readonly #stream: Writable;
  #drained: Promise<void> | undefined;
  #corked = false;

  constructor(stream: Writable) {
    this.#stream = stream;
  }

  get backlog(): number {
    return this.#stream.writableLength;
  }

  write(chunk: Uint8Array): Promise<void> | undefined {
    if (this.#stream.destroyed || this.#stream.writableEnded) return undefined;
    if (!this.#corked) this.#cork();
    if (this.#stream.write(chunk)) return undefined;
    this.#drained ??= drained(this.#stream).then(() => {
      this.#drained = undefined;
    });
    return this.#drained;
  }

  #cork(): void {
    this.#corked = true;
    this.#stream.cork();
    process.nextTick(() => {
      this.#corked = false;
      this.#stream.uncork();
    });
  }
}

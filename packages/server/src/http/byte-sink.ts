import type { Writable } from 'node:stream';
import type { ByteSink } from '@keelson/endpoints';
import { drained, isGone } from './output.ts';

/** Writes to a response whose headers were sent. */
export class ResponseSink implements ByteSink {
  readonly #output: Writable;
  readonly #wrote: (bytes: number) => void;
  #drained: Promise<void> | undefined;

  constructor(output: Writable, wrote: (bytes: number) => void) {
    this.#output = output;
    this.#wrote = wrote;
  }

  get backlog(): number {
    return this.#output.writableLength;
  }

  write(chunk: Uint8Array): Promise<void> | undefined {
    if (isGone(this.#output) || this.#output.writableEnded) return undefined;
    this.#wrote(chunk.length);
    if (this.#output.write(chunk)) return undefined;
    this.#drained ??= drained(this.#output).then(() => {
      this.#drained = undefined;
    });
    return this.#drained;
  }
}

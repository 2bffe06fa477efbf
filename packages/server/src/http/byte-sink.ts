import type { ServerResponse } from 'node:http';
import type { Writable } from 'node:stream';
import type { ByteSink } from '@keelson/endpoints';
import { drained, isGone, outputOf } from './output.ts';

/** Writes to a response. */
export class ResponseSink implements ByteSink {
  readonly #output: Writable;
  #drained: Promise<void> | undefined;

  /** The headers must have been sent. */
  constructor(response: ServerResponse) {
    this.#output = outputOf(response);
  }

  get backlog(): number {
    return this.#output.writableLength;
  }

  write(chunk: Uint8Array): Promise<void> | undefined {
    if (isGone(this.#output) || this.#output.writableEnded) return undefined;
    if (this.#output.write(chunk)) return undefined;
    this.#drained ??= drained(this.#output).then(() => {
      this.#drained = undefined;
    });
    return this.#drained;
  }
}

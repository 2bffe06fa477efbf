import type { ServerResponse } from 'node:http';
import { constants, type Http2ServerResponse } from 'node:http2';
import type { Writable } from 'node:stream';

/** What a response's bytes go through. On HTTP/2 the response itself does not tell when it is closed; its stream does. */
export function outputOf(response: ServerResponse): Writable {
  return streamOf(response) ?? response;
}

const streamOf = (response: ServerResponse) =>
  (response as unknown as Partial<Http2ServerResponse>).stream;

/** Ends a response in a way that its client cannot take for its end. */
export function breakOff(response: ServerResponse): void {
  const stream = streamOf(response);
  if (stream === undefined) response.destroy();
  else stream.close(constants.NGHTTP2_INTERNAL_ERROR);
}

/** Whether nobody reads it any more. */
export const isGone = (output: Writable): boolean => output.destroyed || output.closed;

/** Resolves when a stream takes more, or never will. */
export function drained(output: Writable): Promise<void> {
  if (isGone(output)) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      output.off('drain', done).off('close', done);
      resolve();
    };
    output.on('drain', done).on('close', done);
  });
}

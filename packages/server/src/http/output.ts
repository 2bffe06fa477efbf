import type { ServerResponse } from 'node:http';
import { constants, type Http2ServerResponse } from 'node:http2';
import type { Writable } from 'node:stream';

/** What a response's bytes go through. On HTTP/2 the response itself does not tell when it is closed; its stream does. */
export function outputOf(response: ServerResponse): Writable {
  return streamOf(response) ?? response;
}

/** Calls back when a response is over: all of it was sent, or nobody is there to read it. */
export function whenOver(response: ServerResponse, callback: () => void): void {
  outputOf(response).once('close', callback);
}

export type ResponseHeaders = Readonly<Record<string, string | readonly string[]>>;

/**
 * Sends a response's status and headers; what it returns takes the body. On HTTP/2 the stream is used as it is: through Node's
 * compatible response the end of every body would be a frame, and a write, of its own, in case that trailers follow.
 */
export function sendHead(
  response: ServerResponse,
  status: number,
  headers: ResponseHeaders,
): Writable {
  response.statusCode = status;
  const stream = streamOf(response);
  if (stream === undefined) {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    return response;
  }
  if (!isGone(stream)) stream.respond({ ':status': status, ...headers });
  return stream;
}

/** Sends a response that has no body. */
export function sendHeadOnly(
  response: ServerResponse,
  status: number,
  headers: ResponseHeaders,
): void {
  const stream = streamOf(response);
  if (stream === undefined) sendHead(response, status, headers).end();
  else if (!isGone(stream)) {
    response.statusCode = status;
    stream.respond({ ':status': status, ...headers }, { endStream: true });
  }
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

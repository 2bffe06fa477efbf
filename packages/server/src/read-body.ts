import type { Readable } from 'node:stream';
import { requestEntityTooLargeError, StatusError, timeoutError } from '@keelson/api-machinery';

/** How long a client may take to send its body, in milliseconds. */
const bodyTimeout = 60_000;

/** Reads a request's body, at most `limit` bytes of it. Rejects with 413 for more, 400 when it is cut off, 408-like 504 when it does not come. */
export function readBody(stream: Readable, contentLength: string | undefined, limit: number): Promise<Uint8Array> {
  if (contentLength !== undefined && Number(contentLength) > limit) return Promise.reject(tooLarge(stream, limit));
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const timer = setTimeout(() => finish(() => reject(timeoutError('the request body did not arrive in time', 0))), bodyTimeout);
    const onData = (chunk: Buffer): void => {
      size += chunk.length;
      if (size > limit) finish(() => reject(tooLarge(stream, limit)));
      else chunks.push(chunk);
    };
    const onEnd = (): void => finish(() => resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks, size)));
    const onError = (): void => finish(() => reject(cutOff()));
    const finish = (settle: () => void): void => {
      clearTimeout(timer);
      stream.off('data', onData).off('end', onEnd).off('error', onError).off('aborted', onError).off('close', onError);
      settle();
    };
    stream.on('data', onData).on('end', onEnd).on('error', onError).on('aborted', onError).on('close', onError);
  });
}

const cutOff = (): StatusError => new StatusError({ code: 400, reason: 'BadRequest', message: 'unexpected EOF' });

/** What follows is not read: it is thrown away as it comes, so that the answer gets through. */
function tooLarge(stream: Readable, limit: number): StatusError {
  stream.resume();
  return requestEntityTooLargeError(`limit is ${limit}`);
}

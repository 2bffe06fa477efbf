import type { Readable } from 'node:stream';
import {
  badRequestError,
  requestEntityTooLargeError,
  type StatusError,
} from '@keelson/api-machinery';

interface BodyLimits {
  readonly contentLength: string | undefined;
  readonly limit: number;
  /** Aborts when it has taken too long. */
  readonly signal: AbortSignal;
}

/** Reads a request's body and keeps at most `limit` bytes of it. Rejects with 413 for more, and with 400 when it is cut off. */
export function readBody(
  stream: Readable,
  { contentLength, limit, signal }: BodyLimits,
): Promise<Uint8Array> {
  if (contentLength !== undefined && Number(contentLength) > limit)
    return Promise.reject(tooLarge(stream, limit));
  if (signal.aborted) return Promise.reject(cutOff());
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = [];
    let size = 0;
    const onData = (chunk: Buffer): void => {
      size += chunk.length;
      if (size > limit) finish(() => reject(tooLarge(stream, limit)));
      else chunks.push(chunk);
    };
    const onEnd = (): void => finish(() => resolve(joined(chunks, size)));
    const onCut = (): void => finish(() => reject(cutOff()));
    const finish = (settle: () => void): void => {
      stream
        .off('data', onData)
        .off('end', onEnd)
        .off('error', onCut)
        .off('aborted', onCut)
        .off('close', onCut);
      signal.removeEventListener('abort', onCut);
      settle();
      chunks = [];
    };
    stream
      .on('data', onData)
      .on('end', onEnd)
      .on('error', onCut)
      .on('aborted', onCut)
      .on('close', onCut);
    signal.addEventListener('abort', onCut);
  });
}

/** Most bodies come in one piece: it is used as it is. */
function joined(chunks: readonly Buffer[], size: number): Uint8Array {
  const [first] = chunks;
  return chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks, size);
}

const cutOff = (): StatusError => badRequestError('unexpected EOF');

/** What follows is thrown away as it comes, so that the answer gets through; the server's limits end it. */
function tooLarge(stream: Readable, limit: number): StatusError {
  stream.resume();
  return requestEntityTooLargeError(`limit is ${limit}`);
}

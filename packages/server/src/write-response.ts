import type { ServerResponse } from 'node:http';
import type { Writable } from 'node:stream';
import { isStreamBody, type ApiResponse, type StreamBody } from '@keelson/endpoints';
import { ResponseSink } from './byte-sink.ts';
import { acceptsGzip, compress, createCompressor, gzipThreshold } from './compression.ts';

interface WriteOptions {
  readonly acceptEncoding: string | undefined;
  readonly signal: AbortSignal;
  /** A HEAD has headers only. */
  readonly head: boolean;
}

/** Writes a handler's response. Resolves when it is written, or the client is gone. */
export async function writeResponse(response: ServerResponse, answer: ApiResponse, options: WriteOptions): Promise<void> {
  const { status, headers, body } = answer;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.statusCode = status;
  if (body === undefined || options.head) response.end();
  else if (body instanceof Uint8Array) await writeBytes(response, body, options);
  else if (isStreamBody(body)) await writeStream(response, body, options);
  else await writeChunks(response, body, options);
}

async function writeBytes(response: ServerResponse, body: Uint8Array, { acceptEncoding }: WriteOptions): Promise<void> {
  if (body.length < gzipThreshold || !acceptsGzip(acceptEncoding)) {
    response.setHeader('content-length', body.length);
    response.end(body);
    return;
  }
  response.setHeader('content-encoding', 'gzip');
  response.appendHeader('vary', 'Accept-Encoding');
  const compressed = await compress(body);
  response.setHeader('content-length', compressed.length);
  response.end(compressed);
}

/** The first chunk tells whether the body is long: a whole one that fits is sent as bytes. */
async function writeChunks(response: ServerResponse, body: Iterable<Uint8Array>, options: WriteOptions): Promise<void> {
  const chunks = body[Symbol.iterator]();
  const first = chunks.next();
  if (first.done === true) {
    response.end();
    return;
  }
  const second = chunks.next();
  if (second.done === true) return await writeBytes(response, first.value, options);
  const early = [first.value, second.value];
  let size = first.value.length + second.value.length;
  const gzipped = acceptsGzip(options.acceptEncoding);
  while (gzipped && size < gzipThreshold) {
    const next = chunks.next();
    if (next.done === true) break;
    early.push(next.value);
    size += next.value.length;
  }
  if (gzipped && size >= gzipThreshold) {
    response.setHeader('content-encoding', 'gzip');
    response.appendHeader('vary', 'Accept-Encoding');
    const compressor = createCompressor();
    compressor.pipe(response);
    await pour(compressor, early, chunks);
  } else {
    await pour(response, early, chunks);
  }
}

async function pour(to: Writable, early: readonly Uint8Array[], rest: Iterator<Uint8Array>): Promise<void> {
  for (const chunk of early) if (!to.write(chunk)) await drained(to);
  for (let next = rest.next(); next.done !== true && !to.destroyed; next = rest.next()) {
    if (!to.write(next.value)) await drained(to);
  }
  to.end();
}

function drained(stream: Writable): Promise<void> {
  if (stream.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      stream.off('drain', done).off('close', done);
      resolve();
    };
    stream.on('drain', done).on('close', done);
  });
}

async function writeStream(response: ServerResponse, body: StreamBody, { signal }: WriteOptions): Promise<void> {
  response.flushHeaders();
  try {
    await body.run(new ResponseSink(response), signal);
  } finally {
    response.end();
  }
}

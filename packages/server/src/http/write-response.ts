import type { ServerResponse } from 'node:http';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  isObjectList,
  isStreamBody,
  objectListChunks,
  objectListLength,
  objectListParts,
  type ApiResponse,
  type ObjectListBody,
  type StreamBody,
} from '@keelson/endpoints';
import { ResponseSink } from './byte-sink.ts';
import { acceptsGzip, compress, createCompressor, gzipThreshold } from './compression.ts';
import { gzippedList } from './gzip-list.ts';
import { GzipSink } from './gzip-sink.ts';
import { isCompressed } from './list-chunks.ts';
import { drained, isGone, outputOf } from './output.ts';

interface WriteOptions {
  readonly acceptEncoding: string | undefined;
  /** Ends streams; ends the writing of everything else, too. */
  readonly signal: AbortSignal;
  /** Whether streams that may be compressed are. */
  readonly compressStreams: boolean;
  /** A HEAD has headers only. */
  readonly head: boolean;
}

/** Writes a handler's response. Resolves when it is handed over, or the client is gone. Rejects when the body fails half-way. */
export async function writeResponse(
  response: ServerResponse,
  answer: ApiResponse,
  options: WriteOptions,
): Promise<void> {
  const { status, headers, body } = answer;
  if (isGone(outputOf(response))) {
    // A stream is run in any case: it holds what has to be let go.
    if (isStreamBody(body)) await body.run(new ResponseSink(response), options.signal);
    return;
  }
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.statusCode = status;
  if (body === undefined) response.end();
  else if (body instanceof Uint8Array)
    await writeBytes(
      response,
      body,
      isToStay(headers) ? { ...options, acceptEncoding: '' } : options,
    );
  else if (isStreamBody(body)) await writeStream(response, body, options);
  else if (options.head) response.end();
  else if (isObjectList(body)) await writeList(response, body, options);
  else await writeChunks(response, body, options);
}

/** What was compressed already, and what can be had in parts, which are of these bytes. */
const isToStay = (headers: ApiResponse['headers']): boolean =>
  'content-encoding' in headers || 'accept-ranges' in headers;

async function writeBytes(
  response: ServerResponse,
  body: Uint8Array,
  { acceptEncoding, head }: WriteOptions,
): Promise<void> {
  if (body.length <= gzipThreshold || !acceptsGzip(acceptEncoding)) {
    response.setHeader('content-length', body.length);
    response.end(head ? undefined : body);
    return;
  }
  markCompressed(response);
  const compressed = await compress(body);
  response.setHeader('content-length', compressed.length);
  response.end(head ? undefined : compressed);
}

function markCompressed(response: ServerResponse): void {
  response.setHeader('content-encoding', 'gzip');
  response.appendHeader('vary', 'Accept-Encoding');
}

/** The first chunks tell whether the body is long: one that is a single chunk is sent as bytes. */
async function writeChunks(
  response: ServerResponse,
  body: Iterable<Uint8Array>,
  options: WriteOptions,
): Promise<void> {
  const rest = body[Symbol.iterator]();
  const gzipped = acceptsGzip(options.acceptEncoding);
  const early: Uint8Array[] = [];
  let size = 0;
  while (early.length < 2 || (gzipped && size <= gzipThreshold)) {
    const next = rest.next();
    if (next.done === true) break;
    early.push(next.value);
    size += next.value.length;
  }
  if (early.length === 1 && early[0] !== undefined)
    return await writeBytes(response, early[0], options);
  const chunks = chained(early, rest);
  if (!gzipped || size <= gzipThreshold) return await pour(chunks, response, options.signal);
  markCompressed(response);
  await pipeline(Readable.from(chunks), createCompressor(), response, { signal: options.signal });
}

function* chained(early: readonly Uint8Array[], rest: Iterator<Uint8Array>): Iterable<Uint8Array> {
  try {
    yield* early;
    for (let next = rest.next(); next.done !== true; next = rest.next()) yield next.value;
  } finally {
    // What is behind it holds a state of the store: it is let go as soon as the client is.
    rest.return?.();
  }
}

async function writeList(
  response: ServerResponse,
  list: ObjectListBody,
  options: WriteOptions,
): Promise<void> {
  if (!isLong(list)) return writeParts(response, objectListParts(list));
  if (!acceptsGzip(options.acceptEncoding))
    return await pour(objectListChunks(list), response, options.signal);
  markCompressed(response);
  await pour(gzippedList(list), response, options.signal);
}

const isLong = (list: ObjectListBody): boolean =>
  isCompressed(list) || objectListLength(list) > gzipThreshold;

function writeParts(response: ServerResponse, parts: readonly Uint8Array[]): void {
  response.setHeader(
    'content-length',
    parts.reduce((length, part) => length + part.length, 0),
  );
  writeTogether(response, outputOf(response), parts);
  response.end();
}

/** Hands over no more than the client takes. What comes together is written together. */
async function pour(
  chunks: Iterable<Uint8Array> | AsyncIterable<readonly Uint8Array[]>,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  const output = outputOf(response);
  for await (const chunk of chunks) {
    if (output.writableNeedDrain) await drained(output);
    if (isGone(output)) return;
    signal.throwIfAborted();
    if (chunk instanceof Uint8Array) response.write(chunk);
    else writeTogether(response, output, chunk);
  }
  response.end();
}

function writeTogether(
  response: ServerResponse,
  output: Writable,
  parts: readonly Uint8Array[],
): void {
  output.cork();
  for (const part of parts) response.write(part);
  output.uncork();
}

async function writeStream(
  response: ServerResponse,
  body: StreamBody,
  { acceptEncoding, compressStreams, signal }: WriteOptions,
): Promise<void> {
  const compressed = compressStreams && body.compressible === true && acceptsGzip(acceptEncoding);
  if (compressed) markCompressed(response);
  response.flushHeaders();
  const sink = new ResponseSink(response);
  await (compressed ? runCompressed(body, new GzipSink(sink), signal) : body.run(sink, signal));
  response.end();
}

async function runCompressed(body: StreamBody, sink: GzipSink, signal: AbortSignal): Promise<void> {
  const finished = body.run(sink, signal).then(() => sink.finished());
  await Promise.race([finished, sink.broken]);
}

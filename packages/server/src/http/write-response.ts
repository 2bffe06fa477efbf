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
import {
  drained,
  isGone,
  outputOf,
  sendHead,
  sendHeadOnly,
  type ResponseHeaders,
} from './output.ts';

interface WriteOptions {
  readonly acceptEncoding: string | undefined;
  /** Ends streams; ends the writing of everything else, too. */
  readonly signal: AbortSignal;
  /** Whether streams that may be compressed are. */
  readonly compressStreams: boolean;
  /** A HEAD has headers only. */
  readonly head: boolean;
  /** Told how many bytes of a stream were handed over. */
  readonly wrote: (bytes: number) => void;
}

/** Where an answer goes, and what is said of it. */
interface Reply extends WriteOptions {
  readonly response: ServerResponse;
  readonly status: number;
  readonly headers: ResponseHeaders;
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
    if (isStreamBody(body)) await body.run(sinkOf(response, options), options.signal);
    return;
  }
  const reply: Reply = { ...options, response, status, headers };
  if (body === undefined) sendHeadOnly(response, status, headers);
  else if (body instanceof Uint8Array) await writeBytes(reply, body);
  else if (isStreamBody(body)) await writeStream(reply, body);
  else if (options.head) sendHeadOnly(response, status, headers);
  else if (isObjectList(body)) await writeList(reply, body);
  else await writeChunks(reply, body);
}

/** What was compressed already, and what can be had in parts, which are of these bytes. */
const isToStay = (headers: ResponseHeaders): boolean =>
  'content-encoding' in headers || 'accept-ranges' in headers;

async function writeBytes(reply: Reply, body: Uint8Array): Promise<void> {
  const isShort = body.length <= gzipThreshold;
  if (isShort || isToStay(reply.headers) || !acceptsGzip(reply.acceptEncoding))
    return endWith(reply, body);
  endWith(compressed(reply), await compress(body));
}

/** Head and body in one go: on HTTP/2 they leave together, with the end of the stream. */
function endWith({ response, status, headers, head }: Reply, body: Uint8Array): void {
  const sized = { ...headers, 'content-length': String(body.length) };
  if (head || body.length === 0) sendHeadOnly(response, status, sized);
  else sendHead(response, status, sized).end(body);
}

function compressed(reply: Reply): Reply {
  const { vary = [] } = reply.headers;
  const headers = {
    ...reply.headers,
    'content-encoding': 'gzip',
    vary: [vary, 'Accept-Encoding'].flat(),
  };
  return { ...reply, headers };
}

/** The first chunks tell whether the body is long: one that is a single chunk is sent as bytes. */
async function writeChunks(reply: Reply, body: Iterable<Uint8Array>): Promise<void> {
  const rest = body[Symbol.iterator]();
  const gzipped = acceptsGzip(reply.acceptEncoding);
  const early: Uint8Array[] = [];
  let size = 0;
  while (early.length < 2 || (gzipped && size <= gzipThreshold)) {
    const next = rest.next();
    if (next.done === true) break;
    early.push(next.value);
    size += next.value.length;
  }
  if (early.length === 1 && early[0] !== undefined) return await writeBytes(reply, early[0]);
  const chunks = chained(early, rest);
  if (!gzipped || size <= gzipThreshold) return await pour(reply, chunks);
  const { response, status, headers } = compressed(reply);
  await pipeline(Readable.from(chunks), createCompressor(), sendHead(response, status, headers), {
    signal: reply.signal,
  });
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

async function writeList(reply: Reply, list: ObjectListBody): Promise<void> {
  if (!isLong(list)) return writeParts(reply, objectListParts(list));
  if (acceptsGzip(reply.acceptEncoding)) await pour(compressed(reply), gzippedList(list));
  else await pour(reply, objectListChunks(list));
}

const isLong = (list: ObjectListBody): boolean =>
  isCompressed(list) || objectListLength(list) > gzipThreshold;

function writeParts(reply: Reply, parts: readonly Uint8Array[]): void {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const headers = { ...reply.headers, 'content-length': String(length) };
  const output = sendHead(reply.response, reply.status, headers);
  writeTogether(output, parts);
  output.end();
}

/** Hands over no more than the client takes. What comes together is written together. */
async function pour(
  { response, status, headers, signal }: Reply,
  chunks: Iterable<Uint8Array> | AsyncIterable<readonly Uint8Array[]>,
): Promise<void> {
  const output = sendHead(response, status, headers);
  for await (const chunk of chunks) {
    if (output.writableNeedDrain) await drained(output);
    if (isGone(output)) return;
    signal.throwIfAborted();
    if (chunk instanceof Uint8Array) output.write(chunk);
    else writeTogether(output, chunk);
  }
  output.end();
}

function writeTogether(output: Writable, parts: readonly Uint8Array[]): void {
  output.cork();
  for (const part of parts) output.write(part);
  output.uncork();
}

async function writeStream(reply: Reply, body: StreamBody): Promise<void> {
  const { acceptEncoding, compressStreams, signal, response, status } = reply;
  const gzipped = compressStreams && body.compressible === true && acceptsGzip(acceptEncoding);
  const output = sendHead(response, status, (gzipped ? compressed(reply) : reply).headers);
  response.flushHeaders();
  const sink = sinkOf(response, reply);
  await (gzipped ? runCompressed(body, new GzipSink(sink), signal) : body.run(sink, signal));
  output.end();
}

const sinkOf = (response: ServerResponse, { wrote }: WriteOptions): ResponseSink =>
  new ResponseSink(outputOf(response), wrote);

async function runCompressed(body: StreamBody, sink: GzipSink, signal: AbortSignal): Promise<void> {
  const finished = body.run(sink, signal).then(() => sink.finished());
  await Promise.race([finished, sink.broken]);
}

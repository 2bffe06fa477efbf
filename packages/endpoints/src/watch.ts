import { notAcceptableError, StatusError, type KubernetesObject } from '@keelson/api-machinery';
import {
  isTableConvertor,
  type ObjectEvent,
  type WatchEvent,
  type Watcher,
} from '@keelson/rest-interfaces';
import { watchFrame } from '@keelson/serialization';
import { bookmarkOf } from './bookmark.ts';
import type { Exchange } from './endpoint.ts';
import { acceptedOf } from './get.ts';
import type { ApiResponse, ByteSink, StreamBody } from './http.ts';
import { listQuery, watchOptions, type ListQuery } from './list-query.ts';
import { streamMediaTypes } from './media-types.ts';
import type { Transform } from './negotiate.ts';
import { partialMetadata } from './partial-metadata.ts';
import { respond } from './respond.ts';
import { joinedFrames, sharedFrames, type Frames } from './shared-frames.ts';
import { includeObjectOf, tableHead, tableRow, tableTail } from './table.ts';

/** What may wait for one slow client before its watch waits with it. Frames are shared, so this is mostly references. */
const backlogLimit = 4 * 1024 * 1024;

/** GET of a collection with `watch=1`: frames of events as they happen. */
export async function watch(exchange: Exchange, storage: Watcher): Promise<ApiResponse> {
  const { request, settings, context } = exchange;
  const accepted = acceptedOf(exchange);
  const query = listQuery(exchange);
  if (accepted.mediaType !== 'application/json') throw notAcceptableError(streamMediaTypes);
  const frames = framer(exchange, accepted.transform);
  const deadline = request.clock.now() + seconds(query, settings) * 1000;
  const pipe = new WatchPipe(frames);
  // Started before the response is: a refused watch answers with its status.
  const handle = await storage.watch({ ...watchOptions(query), deadline }, pipe, context);
  const body: StreamBody = {
    run: async (sink, signal) => {
      try {
        if (!isOver(query, accepted.transform)) await pipe.flowTo(sink, signal);
      } finally {
        handle.stop();
      }
    },
  };
  return respond(200, 'application/json', body, exchange.warnings);
}

/** Some watches end before they begin: those that last less than no time, and those of events in the form of a list. */
const isOver = ({ timeoutSeconds = 0 }: ListQuery, transform: Transform | undefined): boolean =>
  timeoutSeconds < 0 || transform?.as === 'PartialObjectMetadataList';

/** How long it lasts. */
function seconds(
  { timeoutSeconds = 0 }: ListQuery,
  { minRequestTimeoutSeconds, random }: Exchange['settings'],
): number {
  if (timeoutSeconds === 0) return minRequestTimeoutSeconds * (1 + random());
  return Math.min(timeoutSeconds, longest);
}

/** The seconds that fit in Go's durations, 292 years. */
const longest = 2 ** 63 / 1e9;

/** Takes events from the storage and bytes to the client. Until the response begins, and while the client is slow, the storage waits. */
class WatchPipe {
  readonly #frames: Frames;
  readonly #begun = Promise.withResolvers<void>();
  readonly #end = Promise.withResolvers<void>();
  #early: Uint8Array[] = [];
  #sink: ByteSink | undefined;
  #ended = false;

  constructor(frames: Frames) {
    this.#frames = frames;
  }

  next(events: readonly WatchEvent<KubernetesObject>[]): Promise<void> | undefined {
    return this.#write(this.#frames(events));
  }

  end(error?: Error): void {
    if (error !== undefined)
      void this.#write(
        watchFrame('ERROR', Buffer.from(JSON.stringify(StatusError.from(error).toStatus()))),
      );
    this.#ended = true;
    this.#end.resolve();
  }

  #write(bytes: Uint8Array): Promise<void> | undefined {
    if (this.#sink === undefined) {
      this.#early.push(bytes);
      return this.#begun.promise;
    }
    const slow = this.#sink.write(bytes);
    return slow !== undefined && this.#sink.backlog >= backlogLimit ? slow : undefined;
  }

  /** Resolves when the watch is over or the client is gone. */
  async flowTo(sink: ByteSink, signal: AbortSignal): Promise<void> {
    if (this.#early.length > 0) void sink.write(Buffer.concat(this.#early));
    this.#early = [];
    this.#sink = sink;
    this.#begun.resolve();
    if (this.#ended || signal.aborted) return;
    signal.addEventListener('abort', () => this.#end.resolve(), { once: true });
    await this.#end.promise;
  }
}

/** How events are framed for what the client accepts: made once per event, shared by all clients that accept the same. */
function framer(exchange: Exchange, transform: Transform | undefined): Frames {
  const { scope } = exchange;
  if (transform === undefined) {
    const plain = (event: ObjectEvent<KubernetesObject>) =>
      watchFrame(event.type, event.snapshot.json);
    return sharedFrames('json', (event) =>
      event.type === 'BOOKMARK'
        ? watchFrame(event.type, bookmarkOf(event, scope).json)
        : event.encoded('json', plain),
    );
  }
  if (transform.as === 'Table') return tableFramer(exchange, transform);
  const partial = (event: ObjectEvent<KubernetesObject>) =>
    watchFrame(event.type, partialMetadata(event.snapshot, transform));
  const encoding = `partial-${transform.version}`;
  return sharedFrames(encoding, (event) =>
    event.type === 'BOOKMARK'
      ? watchFrame(event.type, partialMetadata(bookmarkOf(event, scope), transform))
      : event.encoded(encoding, partial),
  );
}

/** Only the first table of a stream says its columns. Rows have ages in them, so they are made for each client. */
function tableFramer(exchange: Exchange, transform: Transform): Frames {
  const { scope, request } = exchange;
  const convertor = scope.storage;
  // Negotiation has seen to that.
  if (!isTableConvertor(convertor)) throw new Error(`${scope.path} has no table`);
  const include = includeObjectOf(request.query);
  let columns = true;
  return joinedFrames((event) => {
    const bookmark = event.type === 'BOOKMARK';
    const item = bookmark ? bookmarkOf(event, scope) : event.snapshot;
    const head = tableHead(
      { convertor, transform },
      `"resourceVersion":"${event.revision}"`,
      columns,
    );
    columns = false;
    // Who asked for initial events looks for their end in the row's object.
    const needed = bookmark && event.initialEventsEnd && include === 'None' ? 'Metadata' : include;
    const now = request.clock.now();
    const row = tableRow({ convertor, transform, include: needed, now }, item);
    return watchFrame(event.type, Buffer.from(head + row + tableTail));
  });
}

import { notAcceptableError, StatusError, type KubernetesObject } from '@keelson/api-machinery';
import type { WatchEvent, Watcher } from '@keelson/rest-interfaces';
import type { Exchange } from './endpoint.ts';
import { acceptedOf } from './get.ts';
import type { ApiResponse, ByteSink, StreamBody } from './http.ts';
import { listQuery, watchOptions, type ListQuery } from './list-query.ts';
import { isStreamed } from './media-types.ts';
import type { Accepted, Transform } from './negotiate.ts';
import { respond } from './respond.ts';
import { cborFramer, jsonFramer, protobufFramer, type Framer } from './watch-framer.ts';

/** What may wait for one slow client before its watch waits with it. Frames are shared, so this is mostly references. */
const backlogLimit = 4 * 1024 * 1024;

/** GET of a collection with `watch=1`: frames of events as they happen. */
export async function watch(exchange: Exchange, storage: Watcher): Promise<ApiResponse> {
  const { request, settings, context } = exchange;
  const accepted = acceptedOf(exchange);
  const query = listQuery(exchange);
  if (!isStreamed(accepted.mediaType)) throw notAcceptableError(request.served.streams);
  const framer = framerFor(exchange, accepted);
  const deadline = request.clock.now() + seconds(query, settings) * 1000;
  const pipe = new WatchPipe(framer);
  // Started before the response is: a refused watch answers with its status.
  const handle = await storage.watch({ ...watchOptions(query), deadline }, pipe, context);
  const body: StreamBody = {
    compressible: isWatchList(query),
    run: async (sink, signal) => {
      try {
        if (!isOver(query, accepted.transform)) await pipe.flowTo(sink, signal);
      } finally {
        handle.stop();
      }
    },
  };
  return respond(200, framer.contentType, body, exchange.warnings);
}

function framerFor(exchange: Exchange, { mediaType, transform }: Accepted): Framer {
  if (mediaType === 'application/vnd.kubernetes.protobuf')
    return protobufFramer(exchange.scope, transform);
  return mediaType === 'application/cbor'
    ? cborFramer(exchange.scope, transform)
    : jsonFramer(exchange, transform);
}

/** Whether a watch stands for a list and what follows it. Behaviour: endpoints/handlers isListWatchRequest and newWatchResponseWriter, v1.37. */
const isWatchList = ({ sendInitialEvents, allowWatchBookmarks }: ListQuery): boolean =>
  sendInitialEvents === true && allowWatchBookmarks;

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
  readonly #framer: Framer;
  readonly #begun = Promise.withResolvers<void>();
  readonly #end = Promise.withResolvers<void>();
  #early: Uint8Array[] = [];
  #sink: ByteSink | undefined;
  #ended = false;

  constructor(framer: Framer) {
    this.#framer = framer;
  }

  next(events: readonly WatchEvent<KubernetesObject>[]): Promise<void> | undefined {
    return this.#write(this.#framer.events(events));
  }

  end(error?: Error): void {
    if (error !== undefined)
      void this.#write(this.#framer.error(StatusError.from(error).toStatus()));
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
    for (const bytes of this.#early) void sink.write(bytes);
    this.#early = [];
    this.#sink = sink;
    this.#begun.resolve();
    if (this.#ended || signal.aborted) return;
    signal.addEventListener('abort', () => this.#end.resolve(), { once: true });
    await this.#end.promise;
  }
}

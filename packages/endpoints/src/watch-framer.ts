import type { KubernetesObject, Status } from '@keelson/api-machinery';
import { isTableConvertor, type ObjectEvent } from '@keelson/rest-interfaces';
import {
  cborWatchFrame,
  encodeCborValue,
  protobufWatchFrame,
  watchFrame,
} from '@keelson/serialization';
import { bookmarkOf } from './bookmark.ts';
import { cborOf, partialCbor } from './cbor.ts';
import type { Exchange } from './endpoint.ts';
import type { Transform } from './negotiate.ts';
import { partialMetadata } from './partial-metadata.ts';
import { documentProtobuf, partialProtobuf, protobufOf } from './protobuf.ts';
import type { Scope } from './scope.ts';
import { joinedFrames, sharedFrames, type Frames } from './shared-frames.ts';
import { includeObjectOf, tableHead, tableRow, tableTail } from './table.ts';

/** How a watch's events become bytes: made once per event, shared by all clients that accept the same. */
export interface Framer {
  readonly contentType: string;
  /** What goes wrong while the watch runs. */
  error(status: Status): Uint8Array;
  readonly events: Frames;
}

/** Frames for what the client accepts of JSON. */
export function jsonFramer(exchange: Exchange, transform: Transform | undefined): Framer {
  return {
    contentType: 'application/json',
    error: (status) => watchFrame('ERROR', Buffer.from(JSON.stringify(status))),
    events: jsonEvents(exchange, transform),
  };
}

function jsonEvents(exchange: Exchange, transform: Transform | undefined): Frames {
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
  if (transform.as === 'Table') return tableEvents(exchange, transform);
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
function tableEvents(exchange: Exchange, transform: Transform): Frames {
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

/** Frames of protobuf: of objects, or of their metadata. */
export const protobufFramer = (scope: Scope, transform: Transform | undefined): Framer =>
  binaryFramer(scope, {
    contentType: 'application/vnd.kubernetes.protobuf;stream=watch',
    encoding: transform === undefined ? 'protobuf' : `partial-protobuf-${transform.version}`,
    frame: protobufWatchFrame,
    status: documentProtobuf,
    document: (item) =>
      transform === undefined ? protobufOf(item, scope) : partialProtobuf(item, transform),
  });

/** Frames of CBOR: of objects, or of their metadata. */
export const cborFramer = (scope: Scope, transform: Transform | undefined): Framer =>
  binaryFramer(scope, {
    contentType: 'application/cbor-seq',
    encoding: transform === undefined ? 'cbor' : `partial-cbor-${transform.version}`,
    frame: cborWatchFrame,
    status: encodeCborValue,
    document: (item) =>
      transform === undefined ? cborOf(item, scope) : partialCbor(item, transform),
  });

interface Binary {
  readonly contentType: string;
  /** What the frames are called among those of an event. */
  readonly encoding: string;
  readonly frame: (type: string, document: Uint8Array) => Uint8Array;
  readonly status: (status: Status) => Uint8Array;
  readonly document: (item: ObjectEvent<KubernetesObject>['snapshot']) => Uint8Array;
}

function binaryFramer(
  scope: Scope,
  { contentType, encoding, frame, status: statusDocument, document }: Binary,
): Framer {
  const framed = (event: ObjectEvent<KubernetesObject>) =>
    frame(event.type, document(event.snapshot));
  return {
    contentType,
    error: (status) => frame('ERROR', statusDocument(status)),
    events: sharedFrames(encoding, (event) =>
      event.type === 'BOOKMARK'
        ? frame(event.type, document(bookmarkOf(event, scope)))
        : event.encoded(encoding, framed),
    ),
  };
}

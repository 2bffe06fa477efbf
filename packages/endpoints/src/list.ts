import { groupVersionText, type KubernetesObject, type StatusError } from '@keelson/api-machinery';
import { isTableConvertor, type Lister, type ListResult } from '@keelson/rest-interfaces';
import { kindLength, listHead, listTail, stringText } from '@keelson/serialization';
import type { Exchange } from './endpoint.ts';
import { acceptedOf } from './get.ts';
import { isObjectList, type ApiResponse } from './http.ts';
import { listOptions, listQuery } from './list-query.ts';
import type { Accepted, Transform } from './negotiate.ts';
import { jsonItems, objectListChunks, type ObjectListBody } from './object-list.ts';
import { goListType, partialMetadata } from './partial-metadata.ts';
import { protobufList, type ListForm } from './protobuf-list.ts';
import { respond, written } from './respond.ts';
import type { Scope } from './scope.ts';
import { includeObjectOf, tableHead, tableRow, tableTail } from './table.ts';
import { apiVersionOf, unfitTransform } from './transforms.ts';

const comma = Buffer.from(',');

type Items = ListResult<KubernetesObject>;

/** GET of a collection. */
export async function list(exchange: Exchange, storage: Lister): Promise<ApiResponse> {
  const accepted = acceptedOf(exchange);
  const result = await storage.list(listOptions(listQuery(exchange)), exchange.context);
  return await respondList(exchange, accepted, storage, result);
}

/** A list as the response, in the form and media type that the client accepts. */
export async function respondList(
  exchange: Exchange,
  accepted: Accepted,
  { listKind }: Pick<Lister, 'listKind'>,
  result: Items,
): Promise<ApiResponse> {
  if (accepted.mediaType === 'application/vnd.kubernetes.protobuf') {
    const form = listForm(exchange.scope, accepted.transform, listKind);
    const body = await protobufList(exchange.scope, form, result);
    return respond(200, accepted.mediaType, body, exchange.warnings);
  }
  const body = bodyOf(exchange, accepted.transform, listKind, result);
  if (accepted.mediaType === 'application/json' && !accepted.pretty) {
    return respond(200, accepted.mediaType, body, exchange.warnings);
  }
  const whole = Buffer.concat([...(isObjectList(body) ? objectListChunks(body) : body)]);
  return respond(200, accepted.mediaType, written(whole, accepted), exchange.warnings);
}

function bodyOf(
  exchange: Exchange,
  transform: Transform | undefined,
  listKind: string,
  result: Items,
): ObjectListBody | Iterable<Uint8Array> {
  const { scope } = exchange;
  if (transform !== undefined) return chunked(transformed(exchange, transform, listKind, result));
  const apiVersion = groupVersionText(scope.kind);
  return {
    head: listHead({ ...result, kind: listKind, apiVersion }),
    items: result.items.map(({ json }) => json),
    form: jsonItems(kindLength({ kind: scope.kind.kind, apiVersion })),
    tail: listTail,
  };
}

/** What a list is in protobuf, which has no tables: of objects or of their metadata. Throws 406 for a form that is for single objects. */
function listForm({ kind }: Scope, transform: Transform | undefined, listKind: string): ListForm {
  if (transform === undefined)
    return { kind: listKind, apiVersion: groupVersionText(kind), transform };
  if (transform.as !== 'PartialObjectMetadataList') throw noObject(kind, listKind);
  return { kind: transform.as, apiVersion: apiVersionOf(transform), transform };
}

const noObject = (kind: Scope['kind'], listKind: string): StatusError =>
  unfitTransform(
    `you requested PartialObjectMetadata, but the requested object is a list (${goListType(kind, listKind)})`,
  );

function transformed(
  exchange: Exchange,
  transform: Transform,
  listKind: string,
  result: Items,
): Iterable<Uint8Array> {
  const { scope } = exchange;
  if (transform.as === 'PartialObjectMetadataList') {
    const head = listHead({ ...result, kind: transform.as, apiVersion: apiVersionOf(transform) });
    if (result.items.length === 0) return [withoutItems(head)];
    return framed(
      head,
      mapped(result.items, (item) => partialMetadata(item, transform)),
      listTail,
    );
  }
  const convertor = scope.storage;
  if (transform.as !== 'Table' || !isTableConvertor(convertor))
    throw noObject(scope.kind, listKind);
  const table = {
    convertor,
    transform,
    include: includeObjectOf(exchange.request.query),
    now: exchange.request.clock.now(),
  };
  const rows = mapped(result.items, (item) => Buffer.from(tableRow(table, item)));
  return framed(
    Buffer.from(tableHead(table, metadataText(result))),
    rows,
    Buffer.from(`${tableTail}\n`),
  );
}

/** Upstream's list of metadata of nothing has no list. */
const withoutItems = (head: Uint8Array): Uint8Array =>
  Buffer.concat([head.subarray(0, -1), Buffer.from('null}\n')]);

function metadataText({ resourceVersion, continue: token, remainingItemCount }: Items): string {
  return [
    `"resourceVersion":${stringText(resourceVersion)}`,
    ...(token === undefined ? [] : [`"continue":${stringText(token)}`]),
    ...(remainingItemCount === undefined ? [] : [`"remainingItemCount":${remainingItemCount}`]),
  ].join(',');
}

function* mapped<A, B>(items: Iterable<A>, map: (item: A) => B): Iterable<B> {
  for (const item of items) yield map(item);
}

function* framed(
  head: Uint8Array,
  items: Iterable<Uint8Array>,
  tail: Uint8Array,
): Iterable<Uint8Array> {
  yield head;
  let first = true;
  for (const item of items) {
    if (!first) yield comma;
    first = false;
    yield item;
  }
  yield tail;
}

/** How much is handed to the socket at a time. */
const chunkSize = 64 * 1024;

/** Joins small parts to chunks, so that a list of thousands costs tens of writes and never one big buffer. */
function* chunked(parts: Iterable<Uint8Array>): Iterable<Uint8Array> {
  let chunk: Uint8Array[] = [];
  let size = 0;
  for (const part of parts) {
    chunk.push(part);
    size += part.length;
    if (size < chunkSize) continue;
    yield Buffer.concat(chunk, size);
    [chunk, size] = [[], 0];
  }
  if (size > 0) yield Buffer.concat(chunk, size);
}

import { groupVersionText, type KubernetesObject, type StatusError } from '@keelson/api-machinery';
import { isTableConvertor, type Lister, type ListResult } from '@keelson/rest-interfaces';
import { kindLength, listHead, listTail, stringText } from '@keelson/serialization';
import { cborList } from './cbor-list.ts';
import { jsonOf } from './encoded-items.ts';
import type { Exchange } from './endpoint.ts';
import { acceptedOf } from './get.ts';
import type { ApiResponse } from './http.ts';
import { listOptions, listQuery } from './list-query.ts';
import type { MediaType } from './media-types.ts';
import type { Accepted, Transform } from './negotiate.ts';
import { joinedItems, jsonItems, type ObjectListBody } from './object-list.ts';
import { goListType, partialMetadata } from './partial-metadata.ts';
import { protobufList, type ListForm } from './protobuf-list.ts';
import { respond } from './respond.ts';
import type { Scope } from './scope.ts';
import { includeObjectOf, tableHead, tableRow } from './table.ts';
import { jsonList, prettyList, yamlList, type ListParts } from './text-list.ts';
import { apiVersionOf, unfitTransform } from './transforms.ts';

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
  const { transform, mediaType, pretty } = accepted;
  const binary = binaryLists.get(mediaType);
  if (binary !== undefined) {
    const form = listForm(exchange.scope, transform, listKind);
    const body = await binary(exchange.scope, form, result);
    return respond(200, mediaType, body, exchange.warnings);
  }
  const isPlain = mediaType === 'application/json' && !pretty;
  if (isPlain && transform === undefined)
    return respond(200, mediaType, objectList(exchange.scope, listKind, result), exchange.warnings);
  const parts =
    transform === undefined
      ? partsOf(objectList(exchange.scope, listKind, result))
      : transformed(exchange, transform, listKind, result);
  const write = isPlain ? jsonList : mediaType === 'application/yaml' ? yamlList : prettyList;
  return respond(200, mediaType, chunked(write(parts)), exchange.warnings);
}

const binaryLists: ReadonlyMap<MediaType, typeof protobufList> = new Map([
  ['application/vnd.kubernetes.protobuf', protobufList],
  ['application/cbor', cborList],
]);

function objectList({ kind }: Scope, listKind: string, result: Items): ObjectListBody {
  const apiVersion = groupVersionText(kind);
  return {
    head: listHead({ ...result, kind: listKind, apiVersion }),
    items: jsonOf(result.items),
    form: jsonItems(kindLength({ kind: kind.kind, apiVersion })),
    tail: listTail,
  };
}

const partsOf = ({ head, items, form }: ObjectListBody): ListParts => ({
  head,
  items: mapped(items, (item) => joinedItems([item], form)),
});

/** What a list is where there are no tables: of objects or of their metadata. Throws 406 for a form that is for single objects. */
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
): ListParts {
  const { scope } = exchange;
  if (transform.as === 'PartialObjectMetadataList') {
    return {
      head: listHead({ ...result, kind: transform.as, apiVersion: apiVersionOf(transform) }),
      // Upstream's list of metadata of nothing has no list.
      items:
        result.items.length === 0
          ? undefined
          : mapped(result.items, (item) => partialMetadata(item, transform)),
    };
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
  return {
    head: Buffer.from(tableHead(table, metadataText(result))),
    items: mapped(result.items, (item) => Buffer.from(tableRow(table, item))),
  };
}

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

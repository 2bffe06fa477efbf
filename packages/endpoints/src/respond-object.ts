import { isTableConvertor, type Representation } from '@keelson/rest-interfaces';
import type { KubernetesObject } from '@keelson/api-machinery';
import type { Exchange } from './endpoint.ts';
import type { ApiResponse } from './http.ts';
import type { Accepted } from './negotiate.ts';
import { partialMetadata } from './partial-metadata.ts';
import { documentOf, respond, written } from './respond.ts';
import { includeObjectOf, tableHead, tableRow, tableTail } from './table.ts';
import { unfitTransform } from './transforms.ts';

/** One object as the response, in the form and media type that the client accepts. */
export function respondObject(
  exchange: Exchange,
  status: number,
  accepted: Accepted,
  item: Representation<KubernetesObject>,
): ApiResponse {
  const { transform, mediaType } = accepted;
  if (transform === undefined)
    return respond(
      status,
      mediaType,
      documentOf(item, accepted, exchange.scope),
      exchange.warnings,
    );
  const json = Buffer.concat([transformed(exchange, accepted, item), Buffer.from('\n')]);
  return respond(status, mediaType, written(json, accepted), exchange.warnings);
}

function transformed(
  { request, scope }: Exchange,
  { transform }: Accepted,
  item: Representation<KubernetesObject>,
): Uint8Array {
  if (transform === undefined) return item.json;
  if (transform.as === 'PartialObjectMetadata') return partialMetadata(item, transform);
  const convertor = scope.storage;
  if (transform.as !== 'Table' || !isTableConvertor(convertor)) {
    throw unfitTransform(
      `you requested PartialObjectMetadataList, but the requested object is not a list (*${scope.kind.group === '' ? 'core' : scope.kind.group.split('.')[0]}.${scope.kind.kind})`,
    );
  }
  const table = {
    convertor,
    transform,
    include: includeObjectOf(request.query),
    now: request.clock.now(),
  };
  const { resourceVersion } = item.object.metadata;
  const head = tableHead(
    table,
    resourceVersion === undefined ? '' : `"resourceVersion":"${resourceVersion}"`,
  );
  return Buffer.from(head + tableRow(table, item) + tableTail);
}

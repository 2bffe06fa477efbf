import { badRequestError } from '@keelson/api-machinery';
import { isTableConvertor, type Getter } from '@keelson/rest-interfaces';
import type { Exchange } from './endpoint.ts';
import type { ApiResponse } from './http.ts';
import { negotiate, type Accepted } from './negotiate.ts';
import { isPretty } from './pretty.ts';
import { booleanOf } from './query-values.ts';
import { respondObject } from './respond-object.ts';
import { allowsTransforms } from './transforms.ts';

/** What the client accepts of an endpoint that answers with objects; `pretty` may come in the query, too. */
export function acceptedOf({ request, scope }: Exchange): Accepted {
  const accepted = negotiate(
    request.headers.accept,
    request.served.objects,
    allowsTransforms(isTableConvertor(scope.storage)),
  );
  return isPretty(request) ? { ...accepted, pretty: true } : accepted;
}

/** GET of one object. */
export async function get(exchange: Exchange, storage: Getter): Promise<ApiResponse> {
  const { request, context } = exchange;
  const accepted = acceptedOf(exchange);
  if (booleanOf(request.query, 'export') === true)
    throw badRequestError('the export parameter, deprecated since v1.14, is no longer supported');
  const resourceVersion = request.query.get('resourceVersion') ?? '';
  const item = await storage.get(
    request.info.name,
    resourceVersion === '' ? {} : { resourceVersion },
    context,
  );
  return respondObject(exchange, 200, accepted, item);
}

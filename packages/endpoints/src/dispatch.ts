import { genericServerError, StatusError } from '@keelson/api-machinery';
import {
  isCollectionDeleter,
  isCreater,
  isGetter,
  isGracefulDeleter,
  isLister,
  isPatcher,
  isUpdater,
  isWatcher,
  type RequestContext,
} from '@keelson/rest-interfaces';
import { create } from './create.ts';
import { deleteCollection, deleteOne } from './delete.ts';
import type { EndpointSettings, Exchange } from './endpoint.ts';
import { get } from './get.ts';
import type { ApiRequest, ApiResponse } from './http.ts';
import { list } from './list.ts';
import { patch } from './patch.ts';
import { isTrue } from './request-info.ts';
import { respondError } from './respond.ts';
import type { Scope } from './scope.ts';
import { update } from './update.ts';
import { WarningRecorder } from './warnings.ts';
import { watch } from './watch.ts';

/** Serves one request to a path of the API. StatusErrors are responses; anything else is a fault of ours, and whoever runs the handler logs it. */
export async function dispatch(
  request: ApiRequest,
  scope: Scope,
  settings: EndpointSettings,
): Promise<ApiResponse> {
  const warnings = new WarningRecorder();
  const context: RequestContext = {
    user: request.user,
    namespace: scope.namespaced ? request.info.namespace : '',
    warn: (text) => warnings.add(text),
    signal: request.signal,
  };
  if (scope.parent.deprecationWarning !== undefined) warnings.add(scope.parent.deprecationWarning);
  try {
    return await serve({ request, scope, settings, warnings, context });
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    return respondError(
      error,
      { mediaType: errorMediaType(request.headers.accept), pretty: false },
      warnings,
    );
  }
}

/** Errors are JSON unless the client wants nothing but YAML. */
const errorMediaType = (accept: string | undefined) =>
  accept === 'application/yaml' ? ('application/yaml' as const) : ('application/json' as const);

/** The path's kind (one object, or a collection) and the method say which verb is meant; the storage says whether it has it. */
function serve(exchange: Exchange): Promise<ApiResponse> {
  const { request, scope } = exchange;
  const { storage } = scope;
  if (request.info.parts.length > (scope.subresource === '' ? 2 : 3)) throw notFound();
  const named = request.info.parts.length > 1;
  if (
    scope.namespaced &&
    request.info.namespace === '' &&
    (named || (request.method !== 'GET' && request.method !== 'HEAD'))
  ) {
    throw named ? notFound() : methodNotAllowed();
  }
  if (!scope.namespaced && request.info.namespace !== '' && scope.resource !== 'namespaces')
    throw notFound();
  if (request.method === 'GET') {
    if (named) return isGetter(storage) ? get(exchange, storage) : refuse();
    if (isTrue(request.query.get('watch')) || request.info.verb === 'watch')
      return isWatcher(storage) ? watch(exchange, storage) : refuse();
    return isLister(storage) ? list(exchange, storage) : refuse();
  }
  if (request.method === 'POST')
    return isCreater(storage) && named === (scope.subresource !== '')
      ? create(exchange, storage)
      : refuse();
  if (request.method === 'PUT')
    return isUpdater(storage) && named ? update(exchange, storage) : refuse();
  if (request.method === 'PATCH')
    return isPatcher(storage) && named ? patch(exchange, storage) : refuse();
  if (request.method === 'DELETE' && named)
    return isGracefulDeleter(storage) ? deleteOne(exchange, storage) : refuse();
  if (request.method === 'DELETE')
    return isCollectionDeleter(storage) && isLister(storage)
      ? deleteCollection(exchange, storage)
      : refuse();
  return refuse();
}

function refuse(): never {
  throw methodNotAllowed();
}

/** Behaviour: what go-restful and metav1.Status say of a method that a path does not have. */
export function methodNotAllowed(): StatusError {
  return genericServerError(405, 'the server does not allow this method on the requested resource');
}

export function notFound(): StatusError {
  return genericServerError(404, 'the server could not find the requested resource');
}

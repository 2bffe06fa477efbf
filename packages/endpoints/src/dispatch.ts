import { badRequestError, StatusError } from '@keelson/api-machinery';
import type { RequestContext } from '@keelson/rest-interfaces';
import type { ServedScope } from './api-group.ts';
import { chooseRoute } from './choose-route.ts';
import type { EndpointSettings } from './endpoint.ts';
import type { ApiRequest, ApiResponse } from './http.ts';
import { respondError } from './respond.ts';
import { routesAt } from './routes.ts';
import { WarningRecorder } from './warnings.ts';

/** Serves one request to a path of the API. StatusErrors are responses; anything else is a fault of ours, and whoever runs the handler logs it. */
export async function dispatch(
  request: ApiRequest,
  { scope, routes }: ServedScope,
  settings: EndpointSettings,
): Promise<ApiResponse> {
  const warnings = new WarningRecorder();
  const context: RequestContext = {
    user: request.user,
    namespace: scope.namespaced ? request.info.namespace : '',
    warn: (text) => warnings.add(text),
    signal: request.signal,
  };
  try {
    const route = chooseRoute(request, routesAt(request.info, scope, routes));
    // An empty segment is the name of nothing.
    if (request.info.parts[1] === '') throw badRequestError('name must be provided');
    if (scope.parent.deprecationWarning !== undefined)
      warnings.add(scope.parent.deprecationWarning);
    return await route.serve({ request, scope, settings, warnings, context });
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    return respondError(error, request, warnings);
  }
}

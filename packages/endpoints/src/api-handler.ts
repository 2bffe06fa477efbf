import type { ApiGroupVersion } from './api-group.ts';
import { ScopeIndex } from './api-group.ts';
import { dispatch, methodNotAllowed, notFound } from './dispatch.ts';
import { DiscoveryHandler } from './discovery-handler.ts';
import type { EndpointSettings } from './endpoint.ts';
import type { ApiRequest, ApiResponse } from './http.ts';
import { OpenApiHandler } from './openapi-handler.ts';
import { respondError } from './respond.ts';

export interface ApiHandlerOptions extends EndpointSettings {
  readonly groupVersions: readonly ApiGroupVersion[];
  /** `127.0.0.1:6443`, for clients that look for servers near them. */
  readonly serverAddress: string;
}

/**
 * Serves everything below `/api` and `/apis`: resources and discovery. A path is looked up in a Map; which verbs it has, its
 * storage says. Answers `undefined` for a path that no group serves: whoever calls knows what to say of it.
 */
export function createApiHandler(
  options: ApiHandlerOptions,
): (request: ApiRequest) => Promise<ApiResponse | undefined> {
  const index = new ScopeIndex(options.groupVersions);
  const discovery = new DiscoveryHandler(options.groupVersions, options.serverAddress);
  const discover = (request: ApiRequest, segments: readonly string[]): ApiResponse => {
    try {
      // The aggregator answers for groups, and does not look at the method.
      const ofGroups = segments[0] === 'apis' && segments.length <= 2;
      if (request.method !== 'GET' && !ofGroups) throw methodNotAllowed();
      return discovery.handle(request, segments);
    } catch (error) {
      return respondError(error, { mediaType: 'application/json', pretty: false });
    }
  };
  const openApi = new OpenApiHandler(options.groupVersions);
  return async (request) => {
    const { info } = request;
    if (request.path.startsWith('/openapi/')) return openApi.handle(request);
    if (!info.isResourceRequest) {
      const segments = request.path.split('/').filter((segment) => segment !== '');
      return isServedPath(segments, index) ? discover(request, segments) : undefined;
    }
    const scope = index.find(
      info.group,
      info.version,
      info.subresource === '' ? info.resource : `${info.resource}/${info.subresource}`,
    );
    if (scope !== undefined) return await dispatch(request, scope, options);
    if (!index.has(info.group, info.version)) return undefined;
    return respondError(notFound(), { mediaType: 'application/json', pretty: false });
  };
}

/** `/api`, `/api/v1`, `/apis`, and the groups and versions below it that are served. */
function isServedPath([prefix, ...rest]: readonly string[], index: ScopeIndex): boolean {
  const [first = '', second] = rest;
  if (prefix === 'api') return rest.length === 0 || (rest.length === 1 && index.has('', first));
  if (prefix !== 'apis' || rest.length > 2) return false;
  if (rest.length === 0) return true;
  return second === undefined
    ? index.groupVersions.some(({ group }) => group === first && group !== '')
    : index.has(first, second);
}

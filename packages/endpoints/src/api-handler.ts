import type { ApiGroupVersion } from './api-group.ts';
import { ScopeIndex } from './api-group.ts';
import { notFound } from './choose-route.ts';
import { dispatch } from './dispatch.ts';
import { DiscoveryHandler } from './discovery-handler.ts';
import type { EndpointSettings } from './endpoint.ts';
import type { ApiRequest, ApiResponse } from './http.ts';
import type { ServedMediaTypes } from './media-types.ts';
import { OpenApiHandler } from './openapi-handler.ts';
import { respondError } from './respond.ts';

export interface ApiHandlerOptions extends EndpointSettings {
  readonly groupVersions: readonly ApiGroupVersion[];
  /** `127.0.0.1:6443`, for clients that look for servers near them. */
  readonly serverAddress: string;
}

/**
 * Serves everything below `/api`, `/apis` and `/openapi`: resources and discovery. A path is looked up in a Map; which verbs it has,
 * its storage says. Answers `undefined` for a path that no group serves: whoever calls knows what to say of it.
 */
export function createApiHandler(
  options: ApiHandlerOptions,
): (request: ApiRequest) => Promise<ApiResponse | undefined> {
  const index = new ScopeIndex(options.groupVersions);
  const discovery = new DiscoveryHandler(options.groupVersions, options.serverAddress);
  // A server has one of them, and only its requests say which.
  const openApi = new Map<ServedMediaTypes, OpenApiHandler>();
  const openApiOf = ({ served, clock }: ApiRequest): OpenApiHandler => {
    const handler =
      openApi.get(served) ??
      new OpenApiHandler(options.groupVersions, served, { now: clock.now() });
    openApi.set(served, handler);
    return handler;
  };
  return async (request) => {
    const { info } = request;
    if (request.path.startsWith('/openapi/')) return await openApiOf(request).handle(request);
    if (!info.isResourceRequest) return discover(request, discovery, index);
    if (!isGroupPath(info.apiPrefix, info.group, index)) return undefined;
    const path = info.subresource === '' ? info.resource : `${info.resource}/${info.subresource}`;
    const served = index.find(info.group, info.version, path);
    return served === undefined
      ? respondError(notFound(), request)
      : await dispatch(request, served, options);
  };
}

/** The core group has a prefix of its own, and no other. */
const isGroupPath = (prefix: string, group: string, index: ScopeIndex): boolean =>
  prefix === 'api' ? group === '' : group !== '' && index.hasGroup(group);

function discover(
  request: ApiRequest,
  discovery: DiscoveryHandler,
  index: ScopeIndex,
): ApiResponse | undefined {
  const [prefix = '', ...rest] = request.path.split('/').filter((segment) => segment !== '');
  if (prefix === 'apis' && rest[0] !== undefined && !index.hasGroup(rest[0])) return undefined;
  if (prefix !== 'api' && prefix !== 'apis') return undefined;
  try {
    return discovery.handle(request, prefix, rest);
  } catch (error) {
    return respondError(error, request);
  }
}

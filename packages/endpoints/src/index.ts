export { createApiHandler } from './api-handler.ts';
export type { ApiHandlerOptions } from './api-handler.ts';
export type { ApiGroupVersion } from './api-group.ts';
export type { EndpointSettings } from './endpoint.ts';
export { isStreamBody } from './http.ts';
export type { ApiHandler, ApiRequest, ApiResponse, ByteSink, StreamBody } from './http.ts';
export { parseRequestInfo } from './request-info.ts';
export type { RequestInfo } from './request-info.ts';
export { respondError } from './respond.ts';

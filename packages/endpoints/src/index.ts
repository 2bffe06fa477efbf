export { createApiHandler } from './api-handler.ts';
export type { ApiHandlerOptions } from './api-handler.ts';
export type { ApiGroupVersion } from './api-group.ts';
export type { EndpointSettings } from './endpoint.ts';
export { isObjectList, isStreamBody } from './http.ts';
export type { ApiHandler, ApiRequest, ApiResponse, ByteSink, StreamBody } from './http.ts';
export {
  joinedItems,
  jsonItems,
  objectListChunks,
  objectListLength,
  objectListParts,
  wholeItems,
} from './object-list.ts';
export type { ItemForm, ObjectListBody } from './object-list.ts';
export { servedMediaTypes } from './media-types.ts';
export type { ServedMediaTypes } from './media-types.ts';
export { parseRequestInfo } from './request-info.ts';
export type { RequestInfo } from './request-info.ts';
export { checkAcceptable } from './choose-route.ts';
export { respondError } from './respond.ts';

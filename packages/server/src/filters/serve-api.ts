import { genericServerError } from '@keelson/api-machinery';
import type { ApiRequest, ApiResponse } from '@keelson/endpoints';
import { failure, notFound } from '../failure.ts';
import { readBody } from '../http/read-body.ts';
import type { Filter, FilterContext } from '../request-state.ts';
import type { ServerOptions } from '../server-options.ts';

/** Serves the API: what `/api`, `/apis` and `/openapi` lead to. Everything else is left to the routes behind it. */
export const serveApi =
  ({ api, clock }: ServerOptions): Filter =>
  async (ctx, next) => {
    const { path } = ctx.state;
    if (!/^\/(api|apis|openapi)(\/|$)/.test(path)) return await next();
    // An empty segment names nothing.
    const answer = /^\/apis?\/\//.test(path) ? undefined : await api(apiRequest(ctx, clock));
    ctx.state.response = answer ?? unserved(ctx);
  };

/** Below `/api` every path belongs to the core group; elsewhere nobody answers for it. */
function unserved(ctx: FilterContext): ApiResponse {
  if (!ctx.state.path.startsWith('/api/')) return notFound();
  return failure(ctx, genericServerError(404, 'the server could not find the requested resource'));
}

function apiRequest(ctx: FilterContext, clock: ServerOptions['clock']): ApiRequest {
  const { path, query, user, info, served, signal, auditId } = ctx.state;
  return {
    method: ctx.method,
    path,
    query,
    // Node joins headers that come several times, but for set-cookie, which requests do not have.
    headers: ctx.req.headers as ApiRequest['headers'],
    user,
    info,
    served,
    body: (limit) =>
      readBody(ctx.req, { contentLength: ctx.req.headers['content-length'], limit, signal }),
    signal,
    clock,
    auditId,
  };
}

import { respondError, type ApiRequest, type ApiResponse } from '@keelson/endpoints';
import type { FilterContext } from './request-state.ts';

/** Browsers must not guess a page in what a client has made us say. */
export const nosniff = { 'x-content-type-options': 'nosniff' } as const;

/** An error as the response, in what the client accepts. */
export function failure(
  ctx: FilterContext,
  error: unknown,
  headers: Readonly<Record<string, string>> = {},
): ApiResponse {
  const query = ctx.state.query ?? new URLSearchParams();
  // Node joins headers that come several times, but for set-cookie, which requests do not have.
  const response = respondError(error, {
    headers: ctx.req.headers as ApiRequest['headers'],
    query,
    served: ctx.state.served,
  });
  return { ...response, headers: { ...response.headers, ...headers } };
}

/** A response that is a line of text. Behaviour: net/http Error. */
export function textResponse(status: number, text: string): ApiResponse {
  return {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', ...nosniff },
    body: Buffer.from(`${text}\n`),
  };
}

export const notFound = (): ApiResponse => textResponse(404, '404 page not found');

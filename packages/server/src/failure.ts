import { respondError, type ApiResponse } from '@keelson/endpoints';
import type { FilterContext } from './request-state.ts';

/** Browsers must not guess a page in what a client has made us say. */
export const nosniff = { 'x-content-type-options': 'nosniff' } as const;

/** An error as the response, for people or for programs. Behaviour: endpoints/handlers/responsewriters ErrorNegotiated. */
export function failure(
  ctx: FilterContext,
  error: unknown,
  headers: Readonly<Record<string, string>> = {},
): ApiResponse {
  const mediaType =
    ctx.get('accept') === 'application/yaml' ? 'application/yaml' : 'application/json';
  const response = respondError(error, { mediaType, pretty: isPretty(ctx) });
  return { ...response, headers: { ...response.headers, ...headers } };
}

/** People read what curl, wget and browsers get. Behaviour: handlers/negotiation isPrettyPrint. */
function isPretty(ctx: FilterContext): boolean {
  const asked = ctx.state.query?.get('pretty') ?? '';
  return asked === ''
    ? /^(curl|Wget|Mozilla\/5\.0)/.test(ctx.get('user-agent'))
    : /^(1|t|true)$/i.test(asked);
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

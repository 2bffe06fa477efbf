import { parseRequestInfo } from '@keelson/endpoints';
import type { Filter } from '../request-state.ts';

/** Says what the request is about. A path that is none is refused, as Go's HTTP server does. */
export const requestInfo: Filter = (ctx, next) => {
  const { state } = ctx;
  const { path, search } = targetOf(ctx.req.url ?? '/');
  state.path = decoded(path);
  ctx['newRouterPath'] = state.path;
  state.query = queryOf(search);
  if (isMalformed(path)) {
    state.response = {
      status: 400,
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      body: Buffer.from('400 Bad Request'),
    };
    return undefined;
  }
  state.info = parseRequestInfo(ctx.method, state.path, state.query);
  return next();
};

const isMalformed = (text: string): boolean => text.includes('%') && /%(?![0-9a-f]{2})/i.test(text);

/** Decoded once, for all: authorization and routing must mean the same path. What is no UTF-8 stays as it is. */
function decoded(path: string): string {
  if (!path.includes('%')) return path;
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Pairs that are none are left out, as Go leaves them out. Behaviour: net/url Query. */
function queryOf(search: string): URLSearchParams {
  if (!isMalformed(search) && !search.includes(';')) return new URLSearchParams(search);
  return new URLSearchParams(
    search
      .split('&')
      .filter((pair) => !isMalformed(pair) && !pair.includes(';'))
      .join('&'),
  );
}

/** Path and query of a request target; proxies may send whole URLs. */
function targetOf(target: string): { readonly path: string; readonly search: string } {
  const local = target.startsWith('/')
    ? target
    : target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?]*/i, '');
  const cut = local.indexOf('?');
  return cut < 0
    ? { path: local, search: '' }
    : { path: local.slice(0, cut), search: local.slice(cut + 1) };
}

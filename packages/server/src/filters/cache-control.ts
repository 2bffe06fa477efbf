import type { Filter } from '../request-state.ts';

/** What was authorized for one must not be cached for others; handlers may say otherwise. Behaviour: endpoints/filters WithCacheControl. */
export const cacheControl: Filter = (ctx, next) => {
  ctx.state.headers['cache-control'] = 'no-cache, private';
  return next();
};

import { whenOver } from '../http/output.ts';
import type { Filter } from '../request-state.ts';
import type { ServerOptions } from '../server-options.ts';

/** Logs each request when asked to be that talkative. Never bodies, queries or credentials. Behaviour: server/httplog. */
export const requestLog =
  ({ logger, clock }: ServerOptions): Filter =>
  (ctx, next) => {
    if (!logger.isLevelEnabled('debug')) return next();
    const start = clock.now();
    whenOver(ctx.res, () => {
      const { auditId, path, info, user } = ctx.state;
      logger.debug(
        {
          auditId,
          method: ctx.method,
          path,
          verb: info.verb,
          user: user?.name,
          status: ctx.res.statusCode,
          ms: clock.now() - start,
        },
        'request',
      );
    });
    return next();
  };

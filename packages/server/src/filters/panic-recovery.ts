import { internalServerError, StatusError } from '@keelson/api-machinery';
import { failure, nosniff } from '../failure.ts';
import type { Filter } from '../request-state.ts';
import type { ServerOptions } from '../server-options.ts';

/** A StatusError is an answer. Anything else is a fault of ours: it is logged, the client learns under which id, and the process goes on. */
export const panicRecovery =
  ({ logger }: ServerOptions): Filter =>
  async (ctx, next) => {
    try {
      await next();
    } catch (error) {
      if (error instanceof StatusError) {
        ctx.state.response = failure(ctx, error);
        return;
      }
      logger.error(
        { err: error, auditId: ctx.state.auditId, method: ctx.method, path: ctx.state.path },
        'a request failed',
      );
      const said = `this request made the server fail; its log has the details under the audit id ${ctx.state.auditId}`;
      ctx.state.response = failure(ctx, internalServerError(new Error(said)), nosniff);
    }
  };

import { forbiddenError } from '@keelson/api-machinery';
import { forbiddenMessage } from '@keelson/authorization';
import { failure, nosniff } from '../failure.ts';
import type { Filter } from '../request-state.ts';
import type { ServerOptions } from '../server-options.ts';

/** Finds out whether they may; a 403 if not. Behaviour: endpoints/filters WithAuthorization. */
export const authorization =
  ({ authorize }: ServerOptions): Filter =>
  async (ctx, next) => {
    const { info, user } = ctx.state;
    const attributes = { ...info, user };
    const { verdict, reason } = await authorize(attributes);
    if (verdict === 'allow') return await next();
    const message = forbiddenMessage(attributes);
    const error = forbiddenError(
      info,
      info.name,
      reason === undefined ? message : `${message}: ${reason}`,
    );
    ctx.state.response = failure(ctx, error, nosniff);
  };

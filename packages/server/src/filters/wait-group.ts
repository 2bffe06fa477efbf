import { serviceUnavailableError } from '@keelson/api-machinery';
import { failure, nosniff } from '../failure.ts';
import { hangUp } from '../http/connection.ts';
import { whenOver } from '../http/output.ts';
import type { Lifecycle } from '../lifecycle.ts';
import { isLongRunning } from '../long-running.ts';
import type { Filter } from '../request-state.ts';

const stopping = new Error('the server stops');

/** Counts requests under way until they are answered, and refuses new ones while the server stops. Behaviour: server/filters WithWaitGroup. */
export const waitGroup =
  (lifecycle: Lifecycle): Filter =>
  async (ctx, next) => {
    if (lifecycle.isDraining) {
      hangUp(ctx.req, ctx.res);
      ctx.state.response = failure(ctx, serviceUnavailableError('apiserver is shutting down'), {
        'retry-after': '1',
        ...nosniff,
      });
      return;
    }
    const { abort } = ctx.state;
    const left = isLongRunning(ctx.state.info)
      ? lifecycle.enterStream(() => abort(stopping))
      : lifecycle.enter();
    whenOver(ctx.res, left);
    await next();
  };

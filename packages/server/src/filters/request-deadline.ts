import { badRequestError } from '@keelson/api-machinery';
import type { ApiResponse } from '@keelson/endpoints';
import { durationProblem, parseDuration } from '../duration.ts';
import { breakOff, whenOver } from '../http/output.ts';
import { isLongRunning } from '../long-running.ts';
import type { Filter } from '../request-state.ts';
import type { ServerOptions } from '../server-options.ts';

const late = new Error('the request took too long');

/** Upstream's timeout filter writes this past everything that knows kinds and media types. Behaviour: server/filters WithTimeout. */
const timeoutBody = Buffer.from(
  '{"metadata":{},"status":"Failure","message":"Timeout: request did not complete within the allotted timeout","reason":"Timeout","details":{},"code":504}\n',
);
const timedOut: ApiResponse = {
  status: 504,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: timeoutBody,
};

/** Answers 504 when a request takes longer than its client, or the server, allows; breaks off a response that takes longer to be read. */
export const requestDeadline =
  ({ requestTimeoutSeconds }: ServerOptions): Filter =>
  async (ctx, next) => {
    if (isLongRunning(ctx.state.info)) return await next();
    const { abort } = ctx.state;
    const limit = timeoutOf(ctx.state.query, requestTimeoutSeconds * 1000);
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        ctx.state.overdue = timedOut;
        abort(late);
        if (ctx.res.headersSent) breakOff(ctx.res);
        resolve();
      }, limit);
      whenOver(ctx.res, () => clearTimeout(timer));
      next().then(resolve, reject);
    });
  };

/** How long a request may take, in milliseconds: what the client says, but no longer than the server allows. Throws 400. */
function timeoutOf(query: URLSearchParams, limit: number): number {
  const text = query.get('timeout') ?? '';
  if (text === '') return limit;
  const problem = durationProblem(text);
  if (problem !== undefined)
    throw badRequestError(`invalid timeout specified in the request URL - ${problem}`);
  const asked = parseDuration(text) ?? 0;
  return asked > 0 ? Math.min(asked, limit) : limit;
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerRequest } from 'node:http2';
import { servedMediaTypes } from '@keelson/endpoints';
import { sessionOf } from '../http/connection.ts';
import { breakOff, outputOf, whenOver } from '../http/output.ts';
import { writeResponse } from '../http/write-response.ts';
import type { Filter } from '../request-state.ts';
import type { ServerOptions } from '../server-options.ts';

const gone = new Error('the client is gone');
const noError = 0;

/** The outermost filter: gives the request its signal and what may be spoken, and writes what the chain came to, past koa's own response. */
export const respond =
  (
    { logger, served = servedMediaTypes(false), watchListCompression = true }: ServerOptions,
    wrote: (bytes: number) => void,
  ): Filter =>
  async (ctx, next) => {
    const response: ServerResponse = ctx.res;
    const controller = new AbortController();
    Object.assign(ctx.state, { served, headers: {} });
    ctx.state.signal = controller.signal;
    ctx.state.abort = (reason) => controller.abort(reason);
    let written = false;
    whenOver(response, () => {
      if (!written) controller.abort(gone);
    });
    await next();
    const answer = ctx.state.overdue ?? ctx.state.response;
    if (answer === undefined) return;
    const headers = { ...ctx.state.headers, ...answer.headers };
    try {
      await writeResponse(
        response,
        { ...answer, headers },
        {
          acceptEncoding: ctx.get('accept-encoding'),
          signal: ctx.state.signal,
          compressStreams: watchListCompression,
          head: ctx.method === 'HEAD',
          wrote,
        },
      );
      written = true;
      stopUpload(ctx.req, response);
    } catch (error) {
      // What was sent cannot be taken back: the client must see that it is not all.
      breakOff(response);
      if (!controller.signal.aborted)
        logger.error({ err: error, auditId: ctx.state.auditId }, 'a response broke off');
    }
  };

/** Tells an HTTP/2 client that the rest of its body is not wanted. On HTTP/1.1 it is read and thrown away, for as long as the server's limits allow. */
function stopUpload(request: IncomingMessage, response: ServerResponse): void {
  if (sessionOf(request) === undefined) return;
  const { stream } = request as unknown as Http2ServerRequest;
  if (request.complete || stream.endAfterHeaders) return;
  // What has no body counts as written before it leaves, which is in this turn.
  const stop = (): void => void setImmediate(() => stream.close(noError));
  const output = outputOf(response);
  if (output.writableFinished) stop();
  else output.once('finish', stop);
}

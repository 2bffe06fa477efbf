import type { ServerResponse } from 'node:http';
import { servedMediaTypes } from '@keelson/endpoints';
import { sessionOf } from '../http/connection.ts';
import { breakOff } from '../http/output.ts';
import { writeResponse } from '../http/write-response.ts';
import type { Filter } from '../request-state.ts';
import type { ServerOptions } from '../server-options.ts';

const gone = new Error('the client is gone');
const noError = 0;

/** The outermost filter: gives the request its signal and what may be spoken, and writes what the chain came to, past koa's own response. */
export const respond =
  ({
    logger,
    served = servedMediaTypes(false),
    watchListCompression = true,
  }: ServerOptions): Filter =>
  async (ctx, next) => {
    const response: ServerResponse = ctx.res;
    const controller = new AbortController();
    ctx.state.served = served;
    ctx.state.signal = controller.signal;
    ctx.state.abort = (reason) => controller.abort(reason);
    let written = false;
    response.once('close', () => {
      if (!written) controller.abort(gone);
    });
    await next();
    const answer = ctx.state.overdue ?? ctx.state.response;
    if (answer === undefined) return;
    try {
      await writeResponse(response, answer, {
        acceptEncoding: ctx.get('accept-encoding'),
        signal: ctx.state.signal,
        compressStreams: watchListCompression,
        head: ctx.method === 'HEAD',
      });
      written = true;
      if (!ctx.req.complete && ctx.method !== 'HEAD') stopUpload(ctx.req, response);
    } catch (error) {
      // What was sent cannot be taken back: the client must see that it is not all.
      breakOff(response);
      if (!controller.signal.aborted)
        logger.error({ err: error, auditId: ctx.state.auditId }, 'a response broke off');
    }
  };

/** Tells an HTTP/2 client that the rest of its body is not wanted. Not for a HEAD: its stream counts as written before its headers are. On HTTP/1.1 it is read and thrown away, for as long as the server's limits allow. */
function stopUpload(request: Parameters<typeof sessionOf>[0], response: ServerResponse): void {
  if (sessionOf(request) === undefined) return;
  const { stream } = request as unknown as { stream: { close(code: number): void } };
  if (response.writableFinished) stream.close(noError);
  else response.once('finish', () => stream.close(noError));
}

import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { TLSSocket } from 'node:tls';
import { forbiddenError, serviceUnavailableError, unauthorizedError } from '@keelson/api-machinery';
import { forbiddenMessage } from '@keelson/authorization';
import { parseRequestInfo, respondError, type ApiRequest, type ApiResponse } from '@keelson/endpoints';
import type Koa from 'koa';
import { isLongRunning, timeoutOf } from './deadline.ts';
import type { Lifecycle } from './lifecycle.ts';
import { nonResource } from './non-resource.ts';
import { readBody } from './read-body.ts';
import type { RequestState } from './request-state.ts';
import type { ServerOptions } from './server-options.ts';
import { writeResponse } from './write-response.ts';

export type Middleware = Koa.Middleware<RequestState>;

const json = { mediaType: 'application/json', pretty: false } as const;
const nosniff = { 'x-content-type-options': 'nosniff' };

/** A StatusError as the response; everything that is ours to answer for is logged. */
function failed(error: unknown, more: Readonly<Record<string, string>> = {}): ApiResponse {
  const response = respondError(error, json);
  return { ...response, headers: { ...response.headers, ...nosniff, ...more } };
}

/** Answers what nothing else answered, logs faults, and goes on. Behaviour: server/filters WithPanicRecovery. */
export const recover =
  ({ logger }: ServerOptions): Middleware =>
  async (ctx, next) => {
    try {
      await next();
    } catch (error) {
      logger.error({ err: error, auditId: ctx.state.auditId, path: ctx.path }, 'a request failed');
      ctx.state.response = failed(error);
    }
  };

/** Writes what the chain came to, past koa's own response. */
export const write: Middleware = async (ctx, next) => {
  await next();
  const answer = ctx.state.response;
  ctx.respond = false;
  const response: ServerResponse = ctx.res;
  if (answer === undefined || response.writableEnded) return;
  await writeResponse(response, answer, { acceptEncoding: ctx.get('accept-encoding'), signal: ctx.state.signal, head: ctx.method === 'HEAD' });
};

/** Gives each request an id that logs and audit share; a client may bring its own. */
export const auditId: Middleware = (ctx, next) => {
  const given = ctx.get('audit-id');
  ctx.state.auditId = given === '' ? randomUUID() : given.slice(0, 64);
  ctx.res.setHeader('audit-id', ctx.state.auditId);
  ctx.res.setHeader('cache-control', 'no-cache, private');
  return next();
};

/** Says what the request is about. */
export const requestInfo: Middleware = (ctx, next) => {
  ctx.state.info = parseRequestInfo(ctx.method, ctx.path, ctx.URL.searchParams);
  return next();
};

/** Counts requests under way and refuses new ones while the server stops. Behaviour: server/filters WithWaitGroup. */
export const waitGroup =
  (lifecycle: Lifecycle): Middleware =>
  async (ctx, next) => {
    if (lifecycle.stopping.aborted) {
      ctx.res.setHeader('retry-after', '1');
      ctx.state.response = failed(serviceUnavailableError('apiserver is shutting down'), { connection: 'close' });
      return;
    }
    lifecycle.enter();
    try {
      await next();
    } finally {
      lifecycle.leave();
    }
  };

/** Ends the request's signal when its client is gone, its time is up, or, for a watch, the server stops. */
export const deadline =
  ({ requestTimeoutSeconds }: ServerOptions, lifecycle: Lifecycle): Middleware =>
  async (ctx, next) => {
    const controller = new AbortController();
    ctx.state.signal = controller.signal;
    const abort = (): void => controller.abort();
    ctx.res.once('close', abort);
    if (isLongRunning(ctx.state.info)) {
      lifecycle.stopping.addEventListener('abort', abort, { once: true });
      try {
        await next();
      } finally {
        lifecycle.stopping.removeEventListener('abort', abort);
      }
      return;
    }
    const timer = setTimeout(abort, timeoutOf(ctx.URL.searchParams, requestTimeoutSeconds));
    try {
      await next();
    } finally {
      clearTimeout(timer);
    }
  };

/** Finds out who asks. Behaviour: endpoints/filters WithAuthentication. */
export const authentication =
  (options: ServerOptions): Middleware =>
  async (ctx, next) => {
    const authorization = ctx.req.headers.authorization;
    const user = await options.authenticate({ certificate: certificateOf(ctx.req), authorization });
    if (user === undefined) {
      ctx.state.response = failed(unauthorizedError());
      return;
    }
    // Nothing behind this needs it, and what is not there cannot leak.
    delete ctx.req.headers.authorization;
    ctx.state.user = user;
    await next();
  };

/** The client's certificate, if the client CA has signed it. */
function certificateOf(request: IncomingMessage) {
  const socket = request.socket as TLSSocket;
  if (!socket.authorized) return undefined;
  const certificate = socket.getPeerCertificate();
  return Object.keys(certificate).length === 0 ? undefined : certificate;
}

/** Finds out whether they may. Behaviour: endpoints/filters WithAuthorization. */
export const authorization =
  (options: ServerOptions): Middleware =>
  async (ctx, next) => {
    const { info, user } = ctx.state;
    const attributes = { ...info, user };
    if (await options.authorize(attributes)) return await next();
    const resource = info.isResourceRequest ? { group: info.group, resource: info.resource } : { group: '', resource: '' };
    ctx.state.response = failed(forbiddenError(resource, info.isResourceRequest ? info.name : '', forbiddenMessage(attributes)));
  };

/** Health, version, the path index; the API for everything else. */
export const serve =
  (options: ServerOptions): Middleware =>
  async (ctx) => {
    const { state } = ctx;
    const answer = await nonResource(options, ctx.method, ctx.path, ctx.URL.searchParams);
    if (answer !== undefined) {
      state.response = answer;
      return;
    }
    const request: ApiRequest = {
      method: ctx.method,
      path: ctx.path,
      query: ctx.URL.searchParams,
      headers: flat(ctx.req.headers),
      user: state.user,
      info: state.info,
      body: (limit) => readBody(ctx.req, ctx.req.headers['content-length'], limit),
      signal: state.signal,
      clock: options.clock,
      auditId: state.auditId,
    };
    state.response = (await options.api(request)) ?? { status: 404, headers: { 'content-type': 'text/plain; charset=utf-8', ...nosniff }, body: Buffer.from('404 page not found\n') };
  };

/** Headers that may come several times are joined as HTTP joins them. */
function flat(headers: IncomingHttpHeaders): Readonly<Record<string, string | undefined>> {
  // Node joins all headers of requests but set-cookie, which only responses have.
  return headers as Readonly<Record<string, string | undefined>>;
}

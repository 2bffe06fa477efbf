import type { IncomingHttpHeaders } from 'node:http';
import { unauthorizedError } from '@keelson/api-machinery';
import { failure } from '../failure.ts';
import { clientCertificateOf } from '../http/client-certificate.ts';
import { hangUp } from '../http/connection.ts';
import type { Filter } from '../request-state.ts';
import type { ServerOptions } from '../server-options.ts';

/**
 * Finds out who asks; wrong credentials are a 401. Who is nobody gets one request per HTTP/2 connection, which makes floods as
 * dear as on HTTP/1.1 (CVE-2023-44487). Behaviour: endpoints/filters WithAuthentication, v1.37.
 */
export const authentication =
  ({ authenticate }: ServerOptions): Filter =>
  async (ctx, next) => {
    const { headers } = ctx.req;
    const user = await authenticate({
      certificate: clientCertificateOf(ctx.req),
      authorization: headers.authorization,
    });
    if (user === undefined || user.groups.includes('system:unauthenticated')) {
      if (ctx.req.httpVersionMajor === 2) hangUp(ctx.req, ctx.res);
    }
    if (user === undefined) {
      ctx.state.response = failure(ctx, unauthorizedError());
      return;
    }
    dropCredentials(headers);
    ctx.state.user = user;
    await next();
  };

/** Nothing behind this needs them, and what is not there cannot leak or be believed. */
function dropCredentials(headers: IncomingHttpHeaders): void {
  delete headers.authorization;
  for (const name in headers) if (name.startsWith('x-remote-')) delete headers[name];
}

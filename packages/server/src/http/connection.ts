import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerRequest, ServerHttp2Session } from 'node:http2';
import type { TLSSocket } from 'node:tls';
import { whenOver } from './output.ts';

/** The HTTP/2 session of a request; undefined on HTTP/1.1. */
export function sessionOf(request: IncomingMessage): ServerHttp2Session | undefined {
  return request.httpVersionMajor === 2
    ? ((request as unknown as Http2ServerRequest).stream.session as ServerHttp2Session | undefined)
    : undefined;
}

/** The connection's TLS socket. */
export const tlsSocketOf = (request: IncomingMessage): TLSSocket => request.socket as TLSSocket;

/** Asks the client to use another connection for what follows; the answers under way on this one still arrive. */
export function hangUp(request: IncomingMessage, response: ServerResponse): void {
  const session = sessionOf(request);
  if (session !== undefined) whenOver(response, () => session.close());
  else response.setHeader('connection', 'close');
}

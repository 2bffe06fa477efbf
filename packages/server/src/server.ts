import { createSecureServer, type Http2SecureServer, type ServerHttp2Session } from 'node:http2';
import type { Socket } from 'node:net';
import Koa from 'koa';
import { auditId, authentication, authorization, deadline, recover, requestInfo, serve, waitGroup, write } from './handler-chain.ts';
import { Lifecycle } from './lifecycle.ts';
import type { RequestState } from './request-state.ts';
import type { ServerOptions } from './server-options.ts';

// Behaviour: k8s.io/apiserver server/secure_serving.go, v1.37; facts: limits.json request.
const maxHeaderBytes = 1024 * 1024;
const readHeaderTimeout = 32_000;
const idleTimeout = 90_000;
const maxConcurrentStreams = 100;
/** What Node's HTTP/2 server passes on to HTTP/1.1; its types do not say so. */
const http1 = { maxHeaderSize: maxHeaderBytes, headersTimeout: readHeaderTimeout, requestTimeout: 0, keepAliveTimeout: idleTimeout };
/** How long streams may take to end once the server stops. */
const drainTimeout = 10_000;

/** A server that listens. */
export interface RunningServer {
  readonly port: number;
  /** Ends watches, lets requests under way finish, then closes all connections. */
  close(): Promise<void>;
}

/** The generic API server: TLS, HTTP/1.1 and HTTP/2 on one port, and the handler chain in kube-apiserver's order. */
export class ApiServer {
  readonly #server: Http2SecureServer;
  readonly #lifecycle = new Lifecycle();
  readonly #sessions = new Set<ServerHttp2Session>();
  readonly #sockets = new Set<Socket>();

  constructor(options: ServerOptions) {
    const app = new Koa<RequestState>({ proxy: false });
    app.silent = true;
    const chain = [write, auditId, recover(options), requestInfo, waitGroup(this.#lifecycle), deadline(options, this.#lifecycle)];
    for (const middleware of [...chain, authentication(options), authorization(options), serve(options)]) app.use(middleware);
    const { tls } = options;
    this.#server = createSecureServer(
      {
        allowHTTP1: true,
        cert: tls.cert,
        key: tls.key,
        ...(tls.clientCA === undefined ? {} : { ca: tls.clientCA, requestCert: true, rejectUnauthorized: false }),
        minVersion: tls.minVersion ?? 'TLSv1.2',
        settings: { maxConcurrentStreams, maxHeaderListSize: maxHeaderBytes, initialWindowSize: 256 * 1024 },
        maxSessionRejectedStreams: 100,
        maxSessionInvalidFrames: 100,
        ...http1,
      },
      app.callback(),
    );
    this.#server.on('session', (session) => this.#guard(session));
    this.#server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
    // Handshakes that fail are the client's business; what the server says of them is in its metrics one day.
    this.#server.on('tlsClientError', () => undefined);
    this.#server.on('sessionError', () => undefined);
  }

  /** Resolves when connections are taken. Rejects when the port cannot be had. */
  listen(port: number, host: string): Promise<RunningServer> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, host, () => {
        this.#server.off('error', reject);
        const address = this.#server.address();
        resolve({ port: typeof address === 'object' && address !== null ? address.port : port, close: () => this.#close() });
      });
    });
  }

  #guard(session: ServerHttp2Session): void {
    this.#sessions.add(session);
    session.once('close', () => this.#sessions.delete(session));
    // Watches are quiet for long: a session with streams is not idle.
    let streams = 0;
    session.on('stream', (stream) => {
      streams++;
      stream.once('close', () => streams--);
    });
    session.setTimeout(idleTimeout, () => {
      if (streams === 0) session.close();
    });
    session.on('error', () => undefined);
  }

  async #close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    const late = setTimeout(() => this.#destroy(), drainTimeout);
    await this.#lifecycle.drain();
    for (const session of this.#sessions) session.close();
    setImmediate(() => this.#destroy());
    await closed;
    clearTimeout(late);
  }

  #destroy(): void {
    for (const socket of this.#sockets) socket.destroy();
  }
}

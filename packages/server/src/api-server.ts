import type { Http2SecureServer } from 'node:http2';
import { createHandlerChain } from './handler-chain.ts';
import { Connections } from './http/connections.ts';
import { createTlsServer, idleTimeout } from './http/secure-server.ts';
import { Lifecycle } from './lifecycle.ts';
import type { ServerOptions } from './server-options.ts';

/** How long connections may take to close once all is answered, in milliseconds. */
const farewell = 1_000;

/** A server that listens. */
export interface RunningServer {
  readonly port: number;
  /** Says that it is not ready, so that clients go elsewhere, and still serves. */
  leave(): void;
  /** Takes no more requests, lets those under way finish, ends watches, and closes all connections. */
  close(): Promise<void>;
}

/** The generic API server: TLS, HTTP/1.1 and HTTP/2 on one port, and the handler chain in kube-apiserver's order. */
export class ApiServer {
  readonly #server: Http2SecureServer;
  readonly #connections: Connections;
  readonly #lifecycle = new Lifecycle();

  constructor(options: ServerOptions) {
    this.#server = createTlsServer(options, createHandlerChain(options, this.#lifecycle));
    this.#connections = new Connections(this.#server, idleTimeout);
  }

  /** Resolves when connections are taken. Rejects when the port cannot be had; may be called again then. */
  listen(port: number, host: string): Promise<RunningServer> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, host, () => {
        this.#server.off('error', reject);
        const address = this.#server.address();
        resolve({
          port: typeof address === 'object' && address !== null ? address.port : port,
          leave: () => this.#lifecycle.leave(),
          close: () => this.#close(),
        });
      });
    });
  }

  async #close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    const drained = this.#lifecycle.drain();
    this.#connections.sendAway();
    await drained;
    const late = setTimeout(() => this.#connections.destroy(), farewell);
    await closed;
    clearTimeout(late);
  }
}

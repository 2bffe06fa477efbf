import type { Http2SecureServer, ServerHttp2Session } from 'node:http2';
import type { Socket } from 'node:net';

/** The connections of a server: who is idle is sent away, and at the end everybody. */
export class Connections {
  readonly #sessions = new Set<ServerHttp2Session>();
  readonly #sockets = new Set<Socket>();

  constructor(server: Http2SecureServer, idleTimeout: number) {
    server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
    server.on('session', (session) => this.#guard(session, idleTimeout));
    // What is wrong with one connection is that client's business; Node has closed it.
    server.on('tlsClientError', ignore).on('sessionError', ignore);
  }

  #guard(session: ServerHttp2Session, idleTimeout: number): void {
    this.#sessions.add(session);
    session.once('close', () => this.#sessions.delete(session)).on('error', ignore);
    let streams = 0;
    session.on('stream', (stream) => {
      streams++;
      stream.once('close', () => streams--);
    });
    // Watches are quiet for long: a session with streams is not idle.
    session.setTimeout(idleTimeout, () => {
      if (streams === 0) session.close();
    });
  }

  /** Tells HTTP/2 clients to go elsewhere; what they have under way goes on. */
  sendAway(): void {
    for (const session of this.#sessions) session.close();
  }

  destroy(): void {
    for (const socket of this.#sockets) socket.destroy();
  }
}

const ignore = (): void => undefined;

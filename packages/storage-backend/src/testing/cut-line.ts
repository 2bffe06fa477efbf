import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

/** A line to a server on this machine that can be cut, or go dead, and be mended. */
export class CutLine implements AsyncDisposable {
  readonly #server: Server;
  /** The connections, by the end that is here. */
  readonly #pairs = new Map<Socket, Socket>();
  #state: 'whole' | 'cut' | 'dead' = 'whole';

  private constructor(server: Server) {
    this.#server = server;
  }

  static async to(url: string): Promise<CutLine> {
    const port = Number(new URL(url).port);
    const server = createServer((near) => line.#join(near, port));
    const line = new CutLine(server);
    server.listen(0, '127.0.0.1');
    await new Promise((done) => server.once('listening', done));
    return line;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Breaks all connections, and every new one at once. */
  cut(): void {
    this.#state = 'cut';
    for (const near of this.#pairs.keys()) near.destroy();
  }

  /** Leaves all connections open, old and new, and lets nothing through. */
  goDead(): void {
    this.#state = 'dead';
    for (const socket of [...this.#pairs].flat()) socket.unpipe().pause();
  }

  /** What came meanwhile goes on its way. */
  mend(): void {
    this.#state = 'whole';
    for (const [near, far] of this.#pairs) join(near, far);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.cut();
    await new Promise((done) => this.#server.close(done));
  }

  #join(near: Socket, port: number): void {
    if (this.#state === 'cut') {
      near.destroy();
      return;
    }
    const far = connect(port, '127.0.0.1');
    this.#pairs.set(near, far);
    for (const socket of [near, far]) {
      // A broken line is what this is for; both ends go together.
      socket.on('error', () => undefined);
      socket.once('close', () => {
        this.#pairs.delete(near);
        near.destroy();
        far.destroy();
      });
    }
    if (this.#state === 'whole') join(near, far);
  }
}

function join(near: Socket, far: Socket): void {
  near.pipe(far);
  far.pipe(near);
}

import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { get, type RequestOptions } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { KubeConfig } from '@kubernetes/client-node';

const program = fileURLToPath(
  new URL('../bin/kube-apiserver', import.meta.resolve('@keelson/apiserver')),
);

/** The server as users start it, in a process of its own, on a folder of its own. */
export class RunningServer implements AsyncDisposable {
  readonly folder: string;
  readonly #flags: readonly string[];
  #process: ChildProcess | undefined;
  #output = '';
  #port = 0;

  private constructor(folder: string, flags: readonly string[]) {
    this.folder = folder;
    this.#flags = flags;
  }

  /** Starts it with an empty store; resolves when it says that it is ready. */
  static async start(...flags: readonly string[]): Promise<RunningServer> {
    const server = new RunningServer(await mkdtemp(join(tmpdir(), 'keelson-')), flags);
    server.#port = await freePort();
    await server.boot();
    return server;
  }

  /** Starts it again on the same folder and port. */
  async boot(): Promise<void> {
    const child = spawn(
      program,
      [
        `--data-dir=${this.folder}`,
        '--bind-address=127.0.0.1',
        `--secure-port=${this.#port}`,
        ...this.#flags,
      ],
      {
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    this.#process = child;
    const take = (chunk: Buffer) => void (this.#output += chunk.toString());
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    for (;;) {
      if (child.exitCode !== null)
        throw new Error(`the server ended with ${child.exitCode}:\n${this.#output}`);
      if (await isReady(this.kubeConfig)) return;
    }
  }

  get url(): string {
    return `https://127.0.0.1:${this.#port}`;
  }

  /** What it printed so far. */
  get output(): string {
    return this.#output;
  }

  /** The kubeconfig that it wrote; undefined while there is none. */
  get kubeConfig(): KubeConfig | undefined {
    const config = new KubeConfig();
    try {
      config.loadFromFile(join(this.folder, 'kubeconfig'));
    } catch {
      // It is written while the server starts.
      return undefined;
    }
    return config;
  }

  /** Ends the process with a signal; resolves with its exit code, null when the signal killed it. */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
    const child = this.#process;
    if (child === undefined || child.exitCode !== null) return child?.exitCode ?? null;
    const ended = new Promise<number | null>((done) => child.once('exit', (code) => done(code)));
    child.kill(signal);
    return await ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.end('SIGKILL');
    await rm(this.folder, { recursive: true, force: true });
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** Asks once, after a moment for the server to go on. */
async function isReady(config: KubeConfig | undefined): Promise<boolean> {
  await new Promise((done) => setTimeout(done, 20));
  const server = config?.getCurrentCluster()?.server;
  if (config === undefined || server === undefined) return false;
  try {
    const options: RequestOptions = {};
    await config.applyToHTTPSOptions(options);
    return await new Promise((done) => {
      get(`${server}/readyz`, options, (response) => {
        response.resume();
        done(response.statusCode === 200);
      }).on('error', () => done(false));
    });
  } catch {
    // Not listening yet.
    return false;
  }
}

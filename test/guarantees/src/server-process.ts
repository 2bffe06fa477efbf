import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { KubeClient } from './kube-client.ts';

const program = fileURLToPath(
  new URL('../bin/kube-apiserver', import.meta.resolve('@keelson/apiserver')),
);
const startWithin = 60_000;

export interface ServerOptions {
  /** What is in its environment besides. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Keelson in a process and a folder of its own, that can be killed and started again. */
export class ServerProcess implements AsyncDisposable {
  readonly folder: string;
  readonly #flags: readonly string[];
  readonly #env: Readonly<Record<string, string>>;
  #process: ChildProcess | undefined;

  private constructor(folder: string, flags: readonly string[], { env = {} }: ServerOptions) {
    this.folder = folder;
    this.#flags = flags;
    this.#env = env;
  }

  static async start(options: ServerOptions, ...flags: readonly string[]): Promise<ServerProcess> {
    const folder = await mkdtemp(join(tmpdir(), 'keelson-guarantees-'));
    const all = [`--secure-port=${await freePort()}`, ...flags];
    const server = new ServerProcess(folder, all, options);
    await server.boot();
    return server;
  }

  get kubeconfig(): string {
    return join(this.folder, 'kubeconfig');
  }

  get pid(): number {
    return this.#process?.pid ?? 0;
  }

  /** Starts it, again; resolves when it is ready. */
  async boot(): Promise<void> {
    const log = await open(join(this.folder, 'log'), 'a');
    const child = spawn(program, [`--data-dir=${this.folder}`, ...this.#flags], {
      stdio: ['ignore', 'ignore', log.fd],
      env: { ...process.env, ...this.#env },
    });
    await log.close();
    this.#process = child;
    const started = performance.now();
    while (!(await isReady(this.kubeconfig))) {
      if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`);
      if (performance.now() - started > startWithin) throw new Error('the server is not ready');
      await pause(20);
    }
  }

  async kill(): Promise<void> {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
    await rm(this.folder, { recursive: true, force: true });
  }
}

async function isReady(kubeconfig: string): Promise<boolean> {
  try {
    using client = await KubeClient.fromFile(kubeconfig);
    return (await client.ask({ path: '/api/v1/namespaces/kube-system' })).status === 200;
  } catch {
    // No kubeconfig yet, or nobody listens.
    return false;
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

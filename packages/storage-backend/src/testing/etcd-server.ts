import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { answersProgress } from '../etcd3/server-version.ts';

export interface EtcdOptions {
  /** Further flags of etcd's. */
  readonly flags?: readonly string[];
  /** `http` unless the flags bring certificates. */
  readonly scheme?: 'http' | 'https';
}

/** What makes tests quick. */
const quickFlags = [
  // Leases may be short, and a restarted member elects itself at once.
  '--heartbeat-interval=10',
  '--election-timeout=100',
  // Nobody pulls the plug in a test; what a killed process wrote is there without fsync, too.
  '--unsafe-no-fsync',
];
/** For those versions that cannot be asked for progress. */
const progressFlag = '--experimental-watch-progress-notify-interval=50ms';

/** An etcd of its own, on free ports of this machine and a folder that goes with it. */
export class EtcdServer implements AsyncDisposable {
  readonly url: string;
  readonly folder: string;
  readonly #arguments: readonly string[];
  #process: ChildProcess | undefined;
  #output = '';

  private constructor(folder: string, url: string, flags: readonly string[]) {
    this.folder = folder;
    this.url = url;
    this.#arguments = flags;
  }

  /** Resolves when it serves. */
  static async start(options: EtcdOptions = {}): Promise<EtcdServer> {
    const [server] = await EtcdServer.startCluster(1, options);
    return server!;
  }

  /** Members that know each other; resolves when all of them serve. */
  static async startCluster(size: number, options: EtcdOptions = {}): Promise<EtcdServer[]> {
    const { flags = [], scheme = 'http' } = options;
    const names = Array.from({ length: size }, (_, i) => `member${i}`);
    const peers = await Promise.all(names.map(async () => `http://127.0.0.1:${await freePort()}`));
    const cluster = names.map((name, i) => `${name}=${peers[i]}`).join(',');
    const servers = await Promise.all(
      names.map(async (name, i) => {
        const folder = await mkdtemp(join(tmpdir(), 'keelson-etcd-'));
        const url = `${scheme}://127.0.0.1:${await freePort()}`;
        return new EtcdServer(folder, url, [
          `--name=${name}`,
          `--data-dir=${join(folder, 'data')}`,
          `--listen-client-urls=${url}`,
          `--advertise-client-urls=${url}`,
          `--listen-peer-urls=${peers[i]}`,
          `--initial-advertise-peer-urls=${peers[i]}`,
          `--initial-cluster=${cluster}`,
          ...quickFlags,
          ...(answersProgress(EtcdServer.version()) ? [] : [progressFlag]),
          ...flags,
        ]);
      }),
    );
    await Promise.all(servers.map((server) => server.boot()));
    return servers;
  }

  /** Which version tests run against; empty when there is none, which each of them then says. */
  static version(): string {
    try {
      const text = execFileSync(etcdBinary(), ['--version'], { encoding: 'utf8' });
      return /^etcd Version: (\S+)/.exec(text)?.[1] ?? '';
    } catch {
      return '';
    }
  }

  /** Starts it, again, on the same ports and folder. */
  async boot(): Promise<void> {
    const child = spawn(etcdBinary(), this.#arguments, { stdio: ['ignore', 'ignore', 'pipe'] });
    this.#process = child;
    const endWithUs = (): void => void child.kill('SIGKILL');
    process.once('exit', endWithUs);
    child.once('exit', () => process.removeListener('exit', endWithUs));
    this.#output = '';
    await new Promise<void>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', () => reject(new Error(`etcd ended:\n${this.#output.slice(-4000)}`)));
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        this.#output += text;
        if (this.#output.includes('ready to serve client requests')) resolve();
      });
    });
  }

  /** Ends the process as hard as its version stands; resolves when it is gone. */
  async end(): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    // etcd 3.5.0 to 3.5.2 may lose what they acknowledged when they are killed: etcd-io/etcd#13766.
    child.kill(/^3\.5\.[012]$/.test(EtcdServer.version()) ? 'SIGTERM' : 'SIGKILL');
    await gone;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.end();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** `$ETCD_BIN`, or `etcd` on the path, or what `scripts/etcd.mjs` of the workspace has brought. */
function etcdBinary(): string {
  const { ETCD_BIN = '', PATH = '' } = process.env;
  const onPath = PATH.split(delimiter).map((folder) => join(folder, 'etcd'));
  const brought = parents(process.cwd()).map((folder) =>
    join(folder, 'node_modules', '.cache', 'keelson', 'etcd', 'etcd'),
  );
  const found = ETCD_BIN === '' ? [...onPath, ...brought].find(isExecutable) : ETCD_BIN;
  if (found !== undefined) return found;
  throw new Error(
    'There is no etcd to test with. Set ETCD_BIN to one (3.5 or newer), put it on PATH, or run scripts/etcd.mjs, which ' +
      'brings one with Python or Go.',
  );
}

function isExecutable(file: string): boolean {
  if (!existsSync(file)) return false;
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    // Something else of that name.
    return false;
  }
}

function parents(folder: string): string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...parents(parent)];
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { request } from 'node:https';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { describe, it } from 'mocha';

const main = fileURLToPath(new URL('./main.js', import.meta.url));

interface Program extends AsyncDisposable {
  readonly child: ChildProcess;
  readonly port: number;
  readonly lines: readonly string[];
  /** Asks with the kubeconfig's credentials. */
  ask(
    method: string,
    path: string,
    body?: object,
  ): Promise<{ readonly status: number; readonly body: string }>;
  /** Sends a signal; resolves with the exit code. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

async function dataFolder() {
  const path = await mkdtemp(join(tmpdir(), 'keelson-app-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** Starts the program as people do, and waits until it says that it is ready. */
async function start(dataDir: string, ...flags: string[]): Promise<Program> {
  const child = spawn(process.execPath, [main, `--data-dir=${dataDir}`, ...flags], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit') as Promise<[number | null]>;
  const lines: string[] = [];
  const output = createInterface({ input: child.stdout });
  output.on('line', (line) => lines.push(line));
  await Promise.race([once(output, 'line'), exited]);
  const port = Number(/:(\d+)$/.exec(lines[0] ?? '')?.[1]);
  return {
    child,
    port,
    lines,
    ask: async (method, path, body) =>
      await ask(await credentialsOf(dataDir), { port, method, path, body }),
    end: async (signal) => {
      child.kill(signal);
      return (await exited)[0];
    },
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

async function credentialsOf(dataDir: string) {
  const text = await readFile(join(dataDir, 'kubeconfig'), 'utf8');
  const data = (name: string): Buffer =>
    Buffer.from(new RegExp(`${name}-data: (.*)`).exec(text)?.[1] ?? '', 'base64');
  return {
    ca: data('certificate-authority'),
    cert: data('client-certificate'),
    key: data('client-key'),
  };
}

interface Call {
  readonly port: number;
  readonly method: string;
  readonly path: string;
  readonly body: object | undefined;
}

function ask(
  credentials: Awaited<ReturnType<typeof credentialsOf>>,
  { body, ...options }: Call,
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const headers = body === undefined ? {} : { 'content-type': 'application/json' };
    const call = request(
      { ...credentials, ...options, host: '127.0.0.1', headers, agent: false },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
      },
    );
    call.on('error', reject).end(body === undefined ? undefined : JSON.stringify(body));
  });
}

const configMaps = '/api/v1/namespaces/default/configmaps';
const note = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'note' },
  data: { text: 'kept' },
};

describe('the program', () => {
  it('starts with nothing, says what to do next, and keeps what it is given over a kill', async () => {
    await using home = await dataFolder();
    {
      await using first = await start(home.path, '--secure-port=0');
      expect(first.lines[0]).to.match(/^Keelson is ready on https:\/\/127\.0\.0\.1:\d+$/);
      expect((await stat(join(home.path, 'kubeconfig'))).mode & 0o777).to.equal(0o600);
      expect((await first.ask('POST', configMaps, note)).status).to.equal(201);
      await first.end('SIGKILL');
      expect(first.lines.join('\n')).to.include(
        `export KUBECONFIG=${join(home.path, 'kubeconfig')}`,
      );
    }
    const before = await credentialsOf(home.path);
    await using second = await start(home.path, '--secure-port=0');
    expect(
      JSON.parse((await second.ask('GET', `${configMaps}/note`)).body),
    ).to.have.nested.property('data.text', 'kept');
    expect(await credentialsOf(home.path)).to.deep.equal(before);
  });

  it('has what a cluster starts with', async () => {
    await using home = await dataFolder();
    await using server = await start(home.path, '--secure-port=0', '--storage-backend=memory');
    const { items } = JSON.parse((await server.ask('GET', '/api/v1/namespaces')).body) as {
      items: { metadata: { name: string } }[];
    };
    expect(items.map(({ metadata }) => metadata.name)).to.deep.equal([
      'default',
      'kube-node-lease',
      'kube-public',
      'kube-system',
    ]);
    expect((await server.ask('GET', '/readyz?verbose')).body).to.match(
      /^\[\+\]ping ok\n\[\+\]log ok\n\[\+\]etcd ok\n.*\[\+\]poststarthook\/start-service-ip-repair-controllers ok\n.*readyz check passed\n$/s,
    );
  });

  it('ends a watch in order on SIGTERM, and ends with 0', async () => {
    await using home = await dataFolder();
    await using server = await start(home.path, '--secure-port=0', '--storage-backend=memory');
    const watch = server.ask('GET', `${configMaps}?watch=1&resourceVersion=0`);
    expect((await server.ask('POST', configMaps, note)).status).to.equal(201);
    // The watch has begun when what was written after it has been told to somebody: the server answers in order.
    expect(
      (await server.ask('GET', `${configMaps}?watch=1&resourceVersion=0&timeoutSeconds=1`)).body,
    ).to.include('"kept"');
    expect(await server.end('SIGTERM')).to.equal(0);
    expect((await watch).body).to.match(/"type":"ADDED".*"kept".*\n$/s);
  });

  it('takes another port when the usual one is taken, and says so', async () => {
    await using home = await dataFolder();
    const other = createServer().listen(6443, '127.0.0.1');
    const taken = await Promise.race([
      once(other, 'listening').then(() => true),
      once(other, 'error').then(() => true),
    ]);
    expect(taken).to.equal(true);
    await using server = await start(home.path, '--storage-backend=memory');
    expect(server.port).not.to.equal(6443);
    expect(server.lines.join('\n')).to.match(/port 6443 is taken/);
    other.close();
  });

  it('does not take another port than it was told', async () => {
    await using home = await dataFolder();
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const child = spawn(process.execPath, [
      main,
      `--data-dir=${home.path}`,
      '--storage-backend=memory',
      `--secure-port=${port}`,
    ]);
    const errors: Buffer[] = [];
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
    const [code] = (await once(child, 'close')) as [number];
    expect({ code, text: Buffer.concat(errors).toString() }).to.deep.include({ code: 1 });
    expect(Buffer.concat(errors).toString()).to.match(/EADDRINUSE/);
    other.close();
  });

  it('does not begin with a command line that is wrong', async () => {
    const child = spawn(process.execPath, [main, '--secure-prt=1']);
    const errors: Buffer[] = [];
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
    const [code] = (await once(child, 'close')) as [number];
    expect(code).to.equal(1);
    expect(Buffer.concat(errors).toString()).to.equal(
      'kube-apiserver: unknown flag: --secure-prt\nDid you mean --secure-port?\nkube-apiserver --help shows all flags.\n',
    );
  });
});

import { mkdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { systemClock } from '@keelson/api-machinery';
import { ApiServer, type HealthCheck, type RunningServer, type ServerOptions } from '@keelson/server';
import { pino, type Logger } from 'pino';
import { compactRegularly } from './compaction.ts';
import { composeApi, type Api } from './compose.ts';
import { openBackend } from './open-backend.ts';
import type { Options } from './options.ts';
import { ownCredentials, writePrivate, type OwnCredentials } from './pki/credentials.ts';
import { kubeconfigText } from './pki/kubeconfig.ts';
import { authenticatorOf, authorizerOf } from './security.ts';
import { createStartObjects } from './start-objects.ts';
import { version } from './version.ts';

/** A server that runs. */
export interface Running {
  readonly url: string;
  /** Where the administrator's kubeconfig is, when the server made one. */
  readonly kubeconfig: string | undefined;
  readonly dataDir: string;
  /** Another port than the usual one was taken. */
  readonly movedFrom: number | undefined;
  /** Lets what is under way finish, and closes everything. */
  stop(): Promise<void>;
}

/** Opens the store, listens, and makes what a cluster starts with. Resolves when the server is ready. */
export async function run(options: Options): Promise<Running> {
  const logger = pino({ level: options.verbosity > 3 ? 'debug' : 'warn' }, pino.destination({ dest: 2, sync: false }));
  const dataDir = resolve(options.storage.dataDir);
  const own = needsOwnCredentials(options) ? await ownFor(options, dataDir) : undefined;
  const [backend, tls, authenticate] = await Promise.all([openBackend(options), tlsOf(options, own), authenticatorOf(options, systemClock)]);
  const host = options.serving.bindAddress;
  let ready = false;
  const api = composeApi(options, backend, `${shownAddress(options)}:${options.serving.port}`);
  const server = new ApiServer(serverOptions(options, { api, tls, authenticate, logger, isReady: () => ready }));
  const listening = await listen(server, options, host);
  await api.registry.ready();
  await createStartObjects(api.registry);
  ready = true;
  const compaction = compactRegularly(backend, options.compactionIntervalMs, logger);
  const url = `https://${urlHost(host)}:${listening.port}`;
  const kubeconfig = own === undefined ? undefined : join(dataDir, 'kubeconfig');
  if (own !== undefined && kubeconfig !== undefined) await writePrivate(kubeconfig, kubeconfigText(url, own));
  return {
    url,
    kubeconfig,
    dataDir,
    movedFrom: listening.port === options.serving.port || options.serving.port === 0 ? undefined : options.serving.port,
    stop: async () => {
      listening.leave();
      compaction[Symbol.dispose]();
      if (options.shutdownDelayMs > 0) await new Promise((done) => setTimeout(done, options.shutdownDelayMs));
      await listening.close();
      await api.registry[Symbol.asyncDispose]();
      await backend[Symbol.asyncDispose]();
    },
  };
}

const needsOwnCredentials = ({ serving, authentication }: Options): boolean => serving.certFile === '' || authentication.clientCAFile === '';

async function ownFor({ serving }: Options, dataDir: string): Promise<OwnCredentials> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  return await ownCredentials(join(dataDir, 'pki'), [serving.bindAddress, serving.advertiseAddress]);
}

async function tlsOf({ serving, authentication }: Options, own: OwnCredentials | undefined): Promise<ServerOptions['tls']> {
  const { certFile, keyFile, minTlsVersion } = serving;
  const [cert, key, clientCA] = await Promise.all([
    certFile === '' ? own?.serving.cert : readFile(certFile),
    keyFile === '' ? own?.serving.key : readFile(keyFile),
    authentication.clientCAFile === '' ? own?.ca : readFile(authentication.clientCAFile),
  ]);
  if (cert === undefined || key === undefined) throw new Error('a serving certificate needs its key: --tls-cert-file and --tls-private-key-file go together');
  return { cert, key, minVersion: minTlsVersion, ...(clientCA === undefined ? {} : { clientCA }) };
}

interface Parts {
  readonly api: Api;
  readonly tls: ServerOptions['tls'];
  readonly authenticate: ServerOptions['authenticate'];
  readonly logger: Logger;
  isReady(): boolean;
}

function serverOptions(options: Options, { api, tls, authenticate, logger, isReady }: Parts): ServerOptions {
  return {
    tls,
    authenticate,
    authorize: authorizerOf(options),
    api: (request) => api.handle(request),
    healthChecks: healthChecks(isReady, api),
    version,
    paths: api.paths,
    clock: systemClock,
    logger,
    requestTimeoutSeconds: options.requestTimeoutSeconds,
  };
}

function healthChecks(isReady: () => boolean, api: Api): readonly HealthCheck[] {
  return [
    { name: 'etcd', check: () => api.registry.ready() },
    {
      name: 'poststarthook/start-system-namespaces-controller',
      check: () => (isReady() ? Promise.resolve() : Promise.reject(new Error('not finished'))),
    },
  ];
}

/** The port that was asked for, or, when none was and it is taken, any. */
async function listen(server: ApiServer, { serving }: Options, host: string): Promise<RunningServer> {
  try {
    return await server.listen(serving.port, host);
  } catch (error) {
    const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    if (!taken || serving.portGiven) throw error;
    return await server.listen(0, host);
  }
}

const urlHost = (host: string): string => (host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host);
const shownAddress = ({ serving }: Options): string => serving.advertiseAddress || urlHost(serving.bindAddress);

import { join } from 'node:path';
import { servedMediaTypes } from '@keelson/endpoints';
import type { ApiGroup } from '@keelson/generic-registry';
import { ApiServer, type RunningServer } from '@keelson/server';
import type { StorageBackend } from '@keelson/storage-backend';
import { startBootstrap, type Bootstrap } from './bootstrap/bootstrap.ts';
import { compactRegularly } from './compaction.ts';
import { composeApi, type Api } from './compose.ts';
import type { Config } from './config.ts';
import { healthChecks } from './health-checks.ts';
import { openBackend } from './open-backend.ts';
import { writePrivate } from './pki/credentials.ts';
import { kubeconfigText } from './pki/kubeconfig.ts';
import { version } from './version.ts';

/** A server that runs. */
export interface Running {
  readonly url: string;
  /** Where the administrator's kubeconfig is, when the server made one. */
  readonly kubeconfig: string | undefined;
  readonly dataDir: string;
  /** The usual port, when it was taken by others. */
  readonly movedFrom: number | undefined;
  /** Lets what is under way finish, and closes everything. */
  stop(): Promise<void>;
}

/** What a server is composed of besides its own. */
export interface Additions {
  /** Groups of somebody else's resources, none of which the server has itself. */
  readonly groups?: readonly ApiGroup[];
}

/** Opens the store, listens, and makes what a cluster starts with. Resolves when the server is ready. */
export async function run(config: Config, { groups = [] }: Additions = {}): Promise<Running> {
  const { options, clock, logger } = config;
  const { serving } = options;
  const backend = await openBackend(options);
  const bootstrap = startBootstrap(config, backend);
  let api: Api | undefined;
  const server = new ApiServer({
    ...config,
    api: async (request) => await api?.handle(request),
    healthChecks: healthChecks({
      backend,
      etcd: options.etcd,
      registry: () => api?.registry,
      hooks: bootstrap.checks,
      log: config.logCheck,
    }),
    version,
    served: servedMediaTypes(options.features.has('CBORServingAndStorage')),
    watchListCompression: options.features.has('WatchListCompression'),
    paths: () => api?.paths ?? [],
    requestTimeoutSeconds: options.requestTimeoutSeconds,
    maxStreamsPerConnection: options.maxStreamsPerConnection,
  });
  const listening = await listen(server, serving);
  // No request is looked at before this turn of the event loop is over.
  api = composeApi(options, {
    backend,
    clock,
    groups,
    authorize: config.authorize,
    address: `${config.address ?? urlHost(serving.bindAddress)}:${listening.port}`,
  });
  await api.registry.ready();
  await bootstrap.run(api, listening.port);
  const compaction = compactRegularly(backend, options.compactionIntervalMs, logger);
  const url = `https://${urlHost(serving.bindAddress)}:${listening.port}`;
  return {
    url,
    kubeconfig: await writeKubeconfig(config, url),
    dataDir: config.dataDir,
    movedFrom: listening.port === serving.port || serving.port === 0 ? undefined : serving.port,
    stop: () => stop(options.shutdownDelayMs, { listening, bootstrap, compaction, api, backend }),
  };
}

interface Parts {
  readonly listening: RunningServer;
  readonly bootstrap: Bootstrap;
  readonly compaction: Disposable;
  readonly api: Api | undefined;
  readonly backend: StorageBackend;
}

async function stop(
  delayMs: number,
  { listening, bootstrap, compaction, api, backend }: Parts,
): Promise<void> {
  listening.leave();
  compaction[Symbol.dispose]();
  await bootstrap[Symbol.asyncDispose]();
  if (delayMs > 0) await new Promise((done) => setTimeout(done, delayMs));
  await listening.close();
  await api?.registry[Symbol.asyncDispose]();
  await backend[Symbol.asyncDispose]();
}

/** The port that was asked for, or, when none was and it is taken, any. */
async function listen(
  server: ApiServer,
  { port, portGiven, bindAddress }: Config['options']['serving'],
): Promise<RunningServer> {
  try {
    return await server.listen(port, bindAddress);
  } catch (error) {
    const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    if (!taken || portGiven) throw error;
    return await server.listen(0, bindAddress);
  }
}

async function writeKubeconfig(
  { administrator, dataDir }: Config,
  url: string,
): Promise<string | undefined> {
  if (administrator === undefined) return undefined;
  const file = join(dataDir, 'kubeconfig');
  await writePrivate(file, kubeconfigText(url, administrator));
  return file;
}

/** How this machine reaches an address that is listened on. */
const urlHost = (host: string): string =>
  host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;

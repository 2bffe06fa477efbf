import { setTimeout } from 'node:timers/promises';
import type { HealthCheck } from '@keelson/server';
import type { StorageBackend } from '@keelson/storage-backend';
import type { Api } from '../compose.ts';
import type { Config } from '../config.ts';
import { PostStartHooks } from '../post-start-hooks.ts';
import { firstAddress } from './first-address.ts';
import {
  leaveKubernetesService,
  syncKubernetesService,
  type KubernetesServiceOptions,
} from './kubernetes-service.ts';
import { LoopbackClient } from './loopback-client.ts';
import { MasterLeases } from './master-leases.ts';
import { repairServices } from './repair-services.ts';
import { ensureSystemNamespaces } from './system-namespaces.ts';

// Behaviour: facts behaviour.md 5b and limits.json controllers.
const namespacesEveryMs = 60_000;
const endpointsEveryMs = 10_000;
const repairEveryMs = 180_000;
const leaveWithinMs = 2 * endpointsEveryMs;

const sleep = (milliseconds: number): Promise<void> =>
  setTimeout(milliseconds, undefined, { ref: false });

/** What the server itself keeps in the cluster. */
export interface Bootstrap extends AsyncDisposable {
  readonly checks: readonly HealthCheck[];
  /** Resolves when a client finds what it counts on; the rest goes on behind it. */
  run(api: Api, port: number): Promise<void>;
}

export function startBootstrap(
  { options, clock, logger, address }: Config,
  backend: StorageBackend,
): Bootstrap {
  const hooks = new PostStartHooks(logger, [
    'start-system-namespaces-controller',
    'start-service-ip-repair-controllers',
    'bootstrap-controller',
  ]);
  let service: KubernetesServiceOptions | undefined;
  const leave = async (): Promise<void> => {
    await hooks[Symbol.asyncDispose]();
    if (service === undefined) return;
    await leaveKubernetesService(service).catch((error: unknown) =>
      logger.warn({ err: error }, 'this server could not be taken out of the kubernetes service'),
    );
  };
  return {
    checks: hooks.checks,
    run: async (api, port) => {
      const client = new LoopbackClient((request) => api.handle(request), clock);
      await hooks.finish(
        'start-system-namespaces-controller',
        () => ensureSystemNamespaces(client),
        namespacesEveryMs,
      );
      const parts = { backend, root: options.storage.prefix, clock, logger };
      await hooks.finish(
        'start-service-ip-repair-controllers',
        () => repairServices(api.registry, parts),
        repairEveryMs,
      );
      // A server that serves no services has none to keep.
      if (api.registry.store('', 'services') === undefined)
        return hooks.skip('bootstrap-controller');
      const [range = '10.0.0.0/24'] = options.services.clusterIPRanges;
      const leases = new MasterLeases(backend, options.storage.prefix);
      const own = (service = {
        client,
        leases,
        clusterIP: firstAddress(range),
        address: options.reconcileEndpoints ? address : undefined,
        port,
      });
      hooks.begin('bootstrap-controller', () => syncKubernetesService(own), endpointsEveryMs);
    },
    // A store that does not answer must not hold up the end.
    [Symbol.asyncDispose]: () => Promise.race([leave(), sleep(leaveWithinMs)]),
  };
}

import { createAdmissionChain, defaultPlugins } from '@keelson/admission';
import type { Clock } from '@keelson/api-machinery';
import type { Authorizer } from '@keelson/authorization';
import { createApiHandler, type ApiRequest, type ApiResponse } from '@keelson/endpoints';
import { openRegistry, type ApiGroup, type Registry } from '@keelson/generic-registry';
import type { StorageBackend } from '@keelson/storage-backend';
import { apiGroups } from './api-groups/index.ts';
import { objectLookup } from './object-lookup.ts';
import type { Options } from './options.ts';

/** The API of a server: its objects, and the handler that serves them. */
export interface Api {
  readonly registry: Registry;
  readonly paths: readonly string[];
  handle(request: ApiRequest): Promise<ApiResponse | undefined>;
}

export interface ApiParts {
  readonly backend: StorageBackend;
  /** Groups besides the server's own. */
  readonly groups: readonly ApiGroup[];
  readonly clock: Clock;
  readonly authorize: Authorizer;
  /** Where clients near the server reach it: `127.0.0.1:6443`. */
  readonly address: string;
}

/** Groups of custom resources have it, too. */
const othersPriority = 1000;

/** Puts groups, storage, admission and endpoints together. */
export function composeApi(
  options: Options,
  { backend, clock, authorize, address, groups: others }: ApiParts,
): Api {
  const own = apiGroups({
    clusterIPRanges: options.services.clusterIPRanges,
    nodePorts: options.services.nodePorts,
    eventTtlSeconds: options.eventTtlSeconds,
  });
  const groups = [...own, ...others.map((group) => ({ ...group, priority: othersPriority }))];
  const registry = openRegistry(groups, { backend, root: options.storage.prefix, clock });
  const groupVersions = groups.map(({ group, version, priority }) => ({
    group,
    version,
    priority,
    storages: registry.storages(group),
  }));
  const handle = createApiHandler({
    groupVersions,
    serverAddress: address,
    admission: createAdmissionChain(
      defaultPlugins(objectLookup(registry)).filter(
        ({ name }) => !options.disabledPlugins.has(name),
      ),
    ),
    authorize,
    minRequestTimeoutSeconds: options.minRequestTimeoutSeconds,
    random: Math.random,
  });
  const served = groups.flatMap(({ group, version }) =>
    group === ''
      ? ['/api', `/api/${version}`]
      : ['/apis', `/apis/${group}`, `/apis/${group}/${version}`],
  );
  const paths = [
    ...new Set([...served, '/apis', '/apis/', '/openapi/v2', '/openapi/v3', '/openapi/v3/']),
  ];
  return { registry, paths, handle };
}

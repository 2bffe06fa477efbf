import { createAdmissionChain, defaultPlugins, type ObjectLookup } from '@keelson/admission';
import { systemClock, type KubernetesObject } from '@keelson/api-machinery';
import { createApiHandler, type ApiRequest, type ApiResponse } from '@keelson/endpoints';
import { openRegistry, type Registry } from '@keelson/generic-registry';
import type { StorageBackend } from '@keelson/storage-backend';
import { apiGroups } from './api-groups/index.ts';
import type { Options } from './options.ts';

/** The API of a server: its objects, and the handler that serves them. */
export interface Api {
  readonly registry: Registry;
  readonly paths: readonly string[];
  handle(request: ApiRequest): Promise<ApiResponse | undefined>;
}

/** Puts groups, storage, admission and endpoints together. */
export function composeApi(options: Options, backend: StorageBackend, serverAddress: string): Api {
  const groups = apiGroups({
    clusterIPRanges: options.services.clusterIPRanges,
    nodePorts: options.services.nodePorts,
    eventTtlSeconds: options.eventTtlSeconds,
  });
  const registry = openRegistry(groups, { backend, root: options.storage.prefix, clock: systemClock });
  const groupVersions = groups.map(({ group, version, priority }) => ({ group, version, priority, storages: registry.storages(group) }));
  const lookup: ObjectLookup = async <T extends KubernetesObject>(group: string, resource: string, namespace: string, name: string) =>
    (await registry.store<T>(group, resource)?.read(namespace, name))?.object;
  const handle = createApiHandler({
    groupVersions,
    serverAddress,
    admission: createAdmissionChain(defaultPlugins(lookup)),
    minRequestTimeoutSeconds: options.minRequestTimeoutSeconds,
    random: Math.random,
  });
  const served = groups.flatMap(({ group, version }) => (group === '' ? ['/api', `/api/${version}`] : ['/apis', `/apis/${group}`, `/apis/${group}/${version}`]));
  const paths = [...new Set([...served, '/apis', '/apis/', '/healthz', '/livez', '/readyz', '/openapi/v2', '/openapi/v3', '/openapi/v3/', '/version'])];
  return { registry, paths, handle };
}

import type { ApiGroup, RegistryEnvironment } from '@keelson/generic-registry';
import type { Pod } from '@keelson/kubernetes-api/core/v1';
import { configMaps } from '@keelson/registry-core-configmap';
import { endpoints } from '@keelson/registry-core-endpoints';
import { events } from '@keelson/registry-core-event';
import { namespaces } from '@keelson/registry-core-namespace';
import { nodes } from '@keelson/registry-core-node';
import { BindingStorage, LegacyBindingStorage, pods } from '@keelson/registry-core-pod';
import { secrets } from '@keelson/registry-core-secret';
import { services } from '@keelson/registry-core-service';
import { serviceAccounts } from '@keelson/registry-core-serviceaccount';
import type { Storage } from '@keelson/rest-interfaces';
import type { ResourceSettings } from './resource-settings.ts';

/** The core group, `v1`. */
export function core({ clusterIPRanges, nodePorts, eventTtlSeconds }: ResourceSettings): ApiGroup {
  return {
    group: '',
    version: 'v1',
    resources: [
      configMaps,
      endpoints,
      events(eventTtlSeconds),
      namespaces,
      nodes,
      pods,
      secrets,
      serviceAccounts,
      services({ clusterIPRanges, nodePorts }),
    ],
    actions,
  };
}

/** `bindings` is `pods/NAME/binding` with the pod's name in the body. */
function actions(environment: RegistryEnvironment): Readonly<Record<string, Storage>> {
  const store = environment.store<Pod>('', 'pods');
  if (store === undefined) return {};
  return { bindings: new LegacyBindingStorage(new BindingStorage(store, environment)) };
}

import type { ApiGroup } from '@keelson/generic-registry';
import { configMaps } from '@keelson/registry-core-configmap';
import { endpoints } from '@keelson/registry-core-endpoints';
import { events } from '@keelson/registry-core-event';
import { namespaces } from '@keelson/registry-core-namespace';
import { nodes } from '@keelson/registry-core-node';
import { pods } from '@keelson/registry-core-pod';
import { secrets } from '@keelson/registry-core-secret';
import { serviceAccounts } from '@keelson/registry-core-serviceaccount';
import type { ResourceSettings } from './resource-settings.ts';

/** The core group, `v1`. */
export function core({ eventTtlSeconds }: ResourceSettings): ApiGroup {
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
    ],
  };
}

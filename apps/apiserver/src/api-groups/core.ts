import type { ApiGroup } from '@keelson/generic-registry';
import { configMaps } from '@keelson/registry-core-configmap';
import { namespaces } from '@keelson/registry-core-namespace';
import { pods } from '@keelson/registry-core-pod';
import { secrets } from '@keelson/registry-core-secret';
import { serviceAccounts } from '@keelson/registry-core-serviceaccount';
import type { ResourceSettings } from './resource-settings.ts';

/** The core group, `v1`. */
export function core(_settings: ResourceSettings): ApiGroup {
  return { group: '', version: 'v1', resources: [configMaps, namespaces, pods, secrets, serviceAccounts] };
}

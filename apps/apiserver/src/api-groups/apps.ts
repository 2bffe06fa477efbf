import type { ApiGroup } from '@keelson/generic-registry';
import { deployments } from '@keelson/registry-apps-deployment';

/** The group `apps`, `v1`. */
export const apps: ApiGroup = { group: 'apps', version: 'v1', resources: [deployments] };

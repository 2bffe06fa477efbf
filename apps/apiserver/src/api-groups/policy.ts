import type { ApiGroup } from '@keelson/generic-registry';
import { podDisruptionBudgets } from '@keelson/registry-policy-poddisruptionbudget';

/** The group `policy`, `v1`. */
export const policy: ApiGroup = {
  group: 'policy',
  version: 'v1',
  resources: [podDisruptionBudgets],
};

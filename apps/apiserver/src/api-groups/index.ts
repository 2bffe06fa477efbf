import type { ApiGroup } from '@keelson/generic-registry';
import { apps } from './apps.ts';
import { core } from './core.ts';
import { policy } from './policy.ts';
import type { ResourceSettings } from './resource-settings.ts';

/** A group and how important it is among others. Behaviour: facts resources.json groupPriority. */
export interface ServedGroup extends ApiGroup {
  readonly priority: number;
}

/** All groups that the server serves. */
export function apiGroups(settings: ResourceSettings): readonly ServedGroup[] {
  return [
    { ...core(settings), priority: 18_000 },
    { ...apps, priority: 17_800 },
    { ...policy, priority: 17_100 },
  ];
}

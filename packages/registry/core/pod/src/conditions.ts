import { formatTime } from '@keelson/api-machinery';
import type { Pod, PodCondition, PodStatus } from '@keelson/kubernetes-api/core/v1';

/** The first condition of a type. */
export function podCondition(status: PodStatus, type: string): PodCondition | undefined {
  return status.conditions?.find((condition) => condition.type === type);
}

/** Whether a pod says that it can serve. */
export function isPodReady({ status }: Pod): boolean {
  return podCondition(status, 'Ready')?.status === 'True';
}

/** Sets a condition; its transition time changes only with its status. Behaviour: api/pod UpdatePodCondition, v1.37. */
export function setPodCondition(status: PodStatus, condition: PodCondition, now: number): void {
  const old = podCondition(status, condition.type);
  if (old === undefined) {
    (status.conditions ??= []).push({ ...condition, lastTransitionTime: formatTime(now) });
    return;
  }
  const changed = old.status !== condition.status;
  const time = changed ? formatTime(now) : old.lastTransitionTime;
  for (const key of Object.keys(old) as (keyof PodCondition)[]) delete old[key];
  Object.assign(old, condition, time === undefined ? {} : { lastTransitionTime: time });
}

import type { Pod } from '@keelson/kubernetes-api/core/v1';
import { isPodReady, podCondition } from '../conditions.ts';
import { isSidecar } from '../pod-level-resources.ts';
import { endOf, initProgress } from './init-progress.ts';
import type { Restarts } from './restarts.ts';

/** A pod in a line. */
export interface PodSummary {
  readonly ready: number;
  readonly total: number;
  readonly reason: string;
  readonly restarts: Restarts;
}

/** Behaviour: internalversion printPod, v1.37. */
export function podSummary(pod: Pod): PodSummary {
  const init = initProgress(pod);
  const total =
    (pod.spec.containers?.length ?? 0) + (pod.spec.initContainers?.filter(isSidecar).length ?? 0);
  const goesOn =
    init.reason === undefined || podCondition(pod.status, 'Initialized')?.status === 'True';
  if (!goesOn)
    return {
      ready: init.readySidecars,
      total,
      reason: whileDeleted(pod, init.reason ?? ''),
      restarts: init.restarts,
    };
  for (const status of pod.status.containerStatuses ?? []) init.sidecarRestarts.count(status);
  const { ready, reason } = ofContainers(pod, init.reason ?? statedReason(pod));
  return {
    ready: ready + init.readySidecars,
    total,
    reason: whileDeleted(pod, reason),
    restarts: init.sidecarRestarts,
  };
}

function statedReason({ status }: Pod): string {
  const gated = status.conditions?.some(
    ({ type, reason }) => type === 'PodScheduled' && reason === 'SchedulingGated',
  );
  return gated === true ? 'SchedulingGated' : status.reason || (status.phase ?? '');
}

/** The first container that has something to say decides. */
function ofContainers(pod: Pod, stated: string): { ready: number; reason: string } {
  let [ready, reason, failure] = [0, stated, ''];
  for (const { state, ready: isReady } of [...(pod.status.containerStatuses ?? [])].reverse()) {
    if (state.waiting?.reason) reason = state.waiting.reason;
    else if (state.terminated) {
      reason = endOf(state.terminated);
      if (state.terminated.exitCode !== 0) failure = reason;
    } else if (isReady && state.running) ready++;
  }
  return { ready, reason: reason === 'Completed' ? completed(pod, ready > 0, failure) : reason };
}

/** A pod of which only some containers have completed is not done. */
function completed(pod: Pod, running: boolean, failure: string): string {
  if (running && isPodReady(pod)) return 'Running';
  return failure || (running ? 'NotReady' : 'Completed');
}

function whileDeleted({ metadata, status }: Pod, reason: string): string {
  if (metadata.deletionTimestamp === undefined) return reason;
  if (status.reason === 'NodeLost') return 'Unknown';
  return status.phase === 'Failed' || status.phase === 'Succeeded' ? reason : 'Terminating';
}

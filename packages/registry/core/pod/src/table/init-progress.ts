import type {
  Container,
  ContainerStateTerminated,
  ContainerStatus,
  Pod,
} from '@keelson/kubernetes-api/core/v1';
import { isSidecar } from '../pod-level-resources.ts';
import { Restarts } from './restarts.ts';

/** How far a pod's init containers have come. */
export interface InitProgress {
  /** What holds the pod; absent when all are through. */
  readonly reason?: string;
  readonly readySidecars: number;
  /** Those of all init containers that were looked at. */
  readonly restarts: Restarts;
  /** Those of the sidecars alone. */
  readonly sidecarRestarts: Restarts;
}

/** Looks at init containers until the first one that is not through. Behaviour: internalversion printPod, v1.37. */
export function initProgress({ spec, status }: Pod): InitProgress {
  const containers = new Map(spec.initContainers?.map((container) => [container.name, container]));
  const [restarts, sidecarRestarts] = [new Restarts(), new Restarts()];
  let readySidecars = 0;
  for (const [index, one] of (status.initContainerStatuses ?? []).entries()) {
    const container = containers.get(one.name);
    restarts.count(one);
    if (isSidecar(container)) sidecarRestarts.count(one);
    if (one.state.terminated?.exitCode === 0) continue;
    if (isRunningSidecar(container, one)) {
      if (one.ready) readySidecars++;
      continue;
    }
    return {
      reason: holdUp(one) ?? `Init:${index}/${containers.size}`,
      readySidecars,
      restarts,
      sidecarRestarts,
    };
  }
  return { readySidecars, restarts, sidecarRestarts };
}

const isRunningSidecar = (container: Container | undefined, status: ContainerStatus): boolean =>
  isSidecar(container) && status.started === true;

/** Why a container is not through, when it is not that it merely takes time. */
function holdUp({ state }: ContainerStatus): string | undefined {
  if (state.terminated) return `Init:${endOf(state.terminated)}`;
  const reason = state.waiting?.reason;
  return reason && reason !== 'PodInitializing' ? `Init:${reason}` : undefined;
}

/** How a container ended, in a word. */
export function endOf({ reason, signal, exitCode }: ContainerStateTerminated): string {
  return reason || (signal ? `Signal:${signal}` : `ExitCode:${exitCode}`);
}

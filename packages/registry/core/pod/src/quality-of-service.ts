import { compareQuantity, quantitySign } from '@keelson/api-machinery';
import type { PodSpec, ResourceRequirements } from '@keelson/kubernetes-api/core/v1';
import { hasPodLevelResources } from './pod-level-resources.ts';

/** How likely a pod is to lose its resources to others. */
export type QualityOfService = 'BestEffort' | 'Burstable' | 'Guaranteed';

/** Behaviour: core/helper/qos ComputePodQOS, v1.37. */
export function qualityOfService(spec: PodSpec): QualityOfService {
  if (spec.resources !== undefined && hasPodLevelResources(spec))
    return ofRequirements(spec.resources);
  const all = [...(spec.initContainers ?? []), ...(spec.containers ?? [])].map(({ resources }) =>
    ofRequirements(resources),
  );
  return agreed(all);
}

/** Burstable unless all are of one mind. */
function agreed(all: readonly QualityOfService[]): QualityOfService {
  const [first = 'BestEffort'] = all;
  return all.every((other) => other === first) ? first : 'Burstable';
}

function ofRequirements({ requests, limits }: ResourceRequirements): QualityOfService {
  if (!requests && !limits) return 'BestEffort';
  return agreed(
    ['cpu', 'memory'].map((name) => ofResource(requests?.[name] ?? '0', limits?.[name] ?? '0')),
  );
}

function ofResource(request: string, limit: string): QualityOfService {
  if (compareQuantity(request, limit) !== 0) return 'Burstable';
  return quantitySign(request) === 0 ? 'BestEffort' : 'Guaranteed';
}

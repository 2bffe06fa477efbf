import {
  badRequestError,
  labelSelectorFromObject,
  type KubernetesObject,
  type LabelSelector,
} from '@keelson/api-machinery';
import type { Scale } from '@keelson/kubernetes-api/autoscaling/v1';

/** What can be scaled: deployments, replica sets, stateful sets, replication controllers. */
export interface Scalable extends KubernetesObject {
  spec: { replicas?: number; readonly selector: LabelSelector | null };
  status: { readonly replicas?: number };
}

/** How many replicas an object has, and which they are. Its managed fields are not the scale's. */
export function scaleOf({ metadata, spec, status }: Scalable): Scale {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = metadata;
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: {
      ...(name === undefined ? {} : { name }),
      ...(namespace === undefined ? {} : { namespace }),
      ...(uid === undefined ? {} : { uid }),
      ...(resourceVersion === undefined ? {} : { resourceVersion }),
      ...(creationTimestamp === undefined ? {} : { creationTimestamp }),
    },
    spec: { replicas: spec.replicas ?? 0 },
    status: { replicas: status.replicas ?? 0, selector: selectorText(spec.selector) },
  };
}

function selectorText(selector: LabelSelector | null): string {
  try {
    return labelSelectorFromObject(selector).toString();
  } catch (error) {
    throw badRequestError(error instanceof Error ? error.message : String(error));
  }
}

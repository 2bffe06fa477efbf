import type { Toleration } from '@keelson/kubernetes-api/core/v1';
import type { AdmissionPlugin } from './admission.ts';
import { writtenPod } from './pods.ts';

/** How long pods stay on a node that is not there. Behaviour: plugin/pkg/admission/defaulttolerationseconds, v1.37. */
const seconds = 300;
const keys = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'];

/** Pods leave nodes that are not ready, or not reachable, after five minutes, unless they say otherwise. */
export const defaultTolerationSeconds: AdmissionPlugin = {
  name: 'DefaultTolerationSeconds',
  admit: (attributes) => {
    const pod = attributes.operation === 'DELETE' ? undefined : writtenPod(attributes);
    if (pod === undefined) return Promise.resolve();
    const given = pod.spec.tolerations ?? [];
    const missing = keys.filter((key) => !given.some((toleration) => covers(toleration, key)));
    const added = missing.map((key): Toleration => ({
      key,
      operator: 'Exists',
      effect: 'NoExecute',
      tolerationSeconds: seconds,
    }));
    if (added.length > 0) pod.spec.tolerations = [...given, ...added];
    return Promise.resolve();
  },
};

const covers = ({ key = '', effect = '' }: Toleration, wanted: string): boolean =>
  (key === wanted || key === '') && (effect === 'NoExecute' || effect === '');

import type { Pod } from '@keelson/kubernetes-api/core/v1';
import type { PriorityClass } from '@keelson/kubernetes-api/scheduling/v1';
import type { AdmissionAttributes, AdmissionPlugin, ObjectLookup } from './admission.ts';
import { refused } from './forbidden.ts';
import { writtenPod } from './pods.ts';

interface Resolved {
  readonly value: number;
  readonly preemptionPolicy: string;
}

/** The classes that every cluster has. Behaviour: apis/scheduling SystemPriorityClasses. */
const system: Readonly<Record<string, number>> = {
  'system-node-critical': 2_000_001_000,
  'system-cluster-critical': 2_000_000_000,
};
const preempt = 'PreemptLowerPriority';

/** Resolves a pod's priority class to its number. Behaviour: k8s.io/kubernetes plugin/pkg/admission/priority, v1.37. */
export function priority(lookup: ObjectLookup): AdmissionPlugin {
  const resolve = async (attributes: AdmissionAttributes, name: string): Promise<Resolved> => {
    if (name === '') return { value: 0, preemptionPolicy: preempt };
    const known = Object.hasOwn(system, name) ? system[name] : undefined;
    if (known !== undefined) return { value: known, preemptionPolicy: preempt };
    const found = await lookup<PriorityClass>('scheduling.k8s.io', 'priorityclasses', '', name);
    if (found === undefined)
      throw refused(attributes, `no PriorityClass with name ${name} was found`);
    return { value: found.value, preemptionPolicy: found.preemptionPolicy ?? preempt };
  };
  return {
    name: 'Priority',
    admit: async (attributes) => {
      const pod = writtenPod(attributes);
      if (pod === undefined) return;
      if (attributes.operation === 'CREATE')
        setPriority(attributes, pod, await resolve(attributes, pod.spec.priorityClassName ?? ''));
      else keepPriority(pod, attributes.old as Pod | undefined);
    },
  };
}

function setPriority(
  attributes: AdmissionAttributes,
  { spec }: Pod,
  { value, preemptionPolicy }: Resolved,
): void {
  if (spec.priority !== undefined && spec.priority !== value) {
    throw refused(
      attributes,
      `the integer value of priority (${spec.priority}) must not be provided in pod spec; priority admission controller computed ${value} from the given PriorityClass name`,
    );
  }
  if (spec.preemptionPolicy !== undefined && spec.preemptionPolicy !== preemptionPolicy) {
    throw refused(
      attributes,
      `the string value of PreemptionPolicy (${spec.preemptionPolicy}) must not be provided in pod spec; priority admission controller computed ${preemptionPolicy} from the given PriorityClass name`,
    );
  }
  spec.priority = value;
  spec.preemptionPolicy = preemptionPolicy;
}

/** Clients that leave out what admission had set do not mean to take it away. */
function keepPriority({ spec }: Pod, old: Pod | undefined): void {
  if (spec.priority === undefined && old?.spec.priority !== undefined)
    spec.priority = old.spec.priority;
  if (spec.preemptionPolicy === undefined && old?.spec.preemptionPolicy !== undefined)
    spec.preemptionPolicy = old.spec.preemptionPolicy;
}

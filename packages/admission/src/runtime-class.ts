import { goQuote, StatusError } from '@keelson/api-machinery';
import type { Pod } from '@keelson/kubernetes-api/core/v1';
import type { RuntimeClass } from '@keelson/kubernetes-api/node/v1';
import type { AdmissionAttributes, AdmissionPlugin, ObjectLookup } from './admission.ts';
import { refused } from './forbidden.ts';
import { lookupProblem } from './object-name.ts';
import { writtenPod } from './pods.ts';

/** A pod's runtime class must exist, and tells what it costs to run. Behaviour: k8s.io/kubernetes plugin/pkg/admission/runtimeclass, v1.37; what a class gives its pods comes with the resource. */
export function runtimeClass(lookup: ObjectLookup): AdmissionPlugin {
  return {
    name: 'RuntimeClass',
    admit: async (attributes) => {
      const pod = attributes.operation === 'CREATE' ? writtenPod(attributes) : undefined;
      const name = pod?.spec.runtimeClassName;
      if (name === undefined) return;
      checkName(name);
      const found = await lookup<RuntimeClass>('node.k8s.io', 'runtimeclasses', '', name);
      if (found === undefined)
        throw refused(attributes, `pod rejected: RuntimeClass ${goQuote(name)} not found`);
    },
    validate: (attributes) => {
      const pod = attributes.operation === 'CREATE' ? writtenPod(attributes) : undefined;
      if (pod !== undefined) validateOverhead(attributes, pod);
      return Promise.resolve();
    },
  };
}

function validateOverhead(attributes: AdmissionAttributes, { spec }: Pod): void {
  if (spec.overhead === undefined) return;
  throw refused(
    attributes,
    'pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead',
  );
}

/** Asking for such a name is upstream's fault, not the client's: a 500. */
function checkName(name: string): void {
  const problem = lookupProblem(name);
  if (problem !== undefined) throw new StatusError({ code: 500, reason: '', message: problem });
}

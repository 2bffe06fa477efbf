import type { RuntimeClass } from '@keelson/kubernetes-api/node/v1';
import type { AdmissionPlugin, ObjectLookup } from './admission.ts';
import { refused } from './forbidden.ts';
import { writtenPod } from './pods.ts';

/** A pod's runtime class must exist. Behaviour: k8s.io/kubernetes plugin/pkg/admission/runtimeclass, v1.37; overhead comes with the resource. */
export function runtimeClass(lookup: ObjectLookup): AdmissionPlugin {
  return {
    name: 'RuntimeClass',
    admit: async (attributes) => {
      const pod = attributes.operation === 'CREATE' ? writtenPod(attributes) : undefined;
      const name = pod?.spec.runtimeClassName;
      if (name === undefined) return;
      const found = await lookup<RuntimeClass>('node.k8s.io', 'runtimeclasses', '', name);
      if (found === undefined)
        throw refused(attributes, `pod rejected: RuntimeClass ${JSON.stringify(name)} not found`);
    },
  };
}

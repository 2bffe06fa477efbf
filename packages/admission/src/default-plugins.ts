import type { AdmissionPlugin, ObjectLookup } from './admission.ts';
import { defaultTolerationSeconds } from './default-toleration-seconds.ts';
import { namespaceLifecycle } from './namespace-lifecycle.ts';
import { priority } from './priority.ts';
import { runtimeClass } from './runtime-class.ts';
import { serviceAccount } from './service-account.ts';
import { taintNodesByCondition } from './taint-nodes-by-condition.ts';

/** The plugins that are on by default and there yet, in kube-apiserver's order. Behaviour: pkg/kubeapiserver/options AllOrderedPlugins. */
export function defaultPlugins(lookup: ObjectLookup): readonly AdmissionPlugin[] {
  return [
    namespaceLifecycle(lookup),
    serviceAccount(lookup),
    taintNodesByCondition,
    priority(lookup),
    defaultTolerationSeconds,
    runtimeClass(lookup),
  ];
}

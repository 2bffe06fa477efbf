import type { PodSpec, PodTemplateSpec } from '@keelson/kubernetes-api/core/v1';
import { containersOf } from '../validation/visit-containers.ts';
import { defaultContainer } from './container.ts';
import { defaultResourceList, defaultResources } from './resource-list.ts';
import { defaultVolume } from './volume.ts';

/**
 * Fills in what a pod's spec leaves out, in place: what pods and the templates of other kinds have in common.
 * Behaviour: core/v1 SetDefaults_PodSpec and the generated defaults, v1.37.
 */
export function defaultPodSpec(spec: PodSpec): void {
  // Two names of one field; the newer one counts.
  const account = spec.serviceAccountName || spec.serviceAccount;
  if (account) {
    spec.serviceAccountName = account;
    spec.serviceAccount = account;
  }
  spec.dnsPolicy ||= 'ClusterFirst';
  spec.restartPolicy ||= 'Always';
  spec.securityContext ??= {};
  spec.terminationGracePeriodSeconds ??= 30;
  spec.schedulerName ||= 'default-scheduler';
  for (const volume of spec.volumes ?? []) defaultVolume(volume);
  for (const container of containersOf(spec)) defaultContainer(container);
  defaultResourceList(spec.overhead);
  defaultResources(spec.resources);
}

/** Fills in what a template leaves out, in place. */
export function defaultPodTemplateSpec(template: PodTemplateSpec): void {
  defaultPodSpec(template.spec);
}

import type { Deployment } from '@keelson/kubernetes-api/apps/v1';
import { defaultPodTemplateSpec } from '@keelson/registry-core-pod';

/** Behaviour: pkg/apis/apps/v1/defaults.go SetDefaults_Deployment, v1.37. */
export function defaultDeployment({ spec }: Deployment): void {
  defaultPodTemplateSpec(spec.template);
  spec.replicas ??= 1;
  spec.revisionHistoryLimit ??= 10;
  spec.progressDeadlineSeconds ??= 600;
  const { strategy } = spec;
  strategy.type ||= 'RollingUpdate';
  if (strategy.type !== 'RollingUpdate') return;
  strategy.rollingUpdate ??= {};
  strategy.rollingUpdate.maxUnavailable ??= '25%';
  strategy.rollingUpdate.maxSurge ??= '25%';
}

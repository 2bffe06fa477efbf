import type {
  Container,
  EnvVar,
  HTTPGetAction,
  Lifecycle,
  ObjectFieldSelector,
  Probe,
  ResourceFieldSelector,
} from '@keelson/kubernetes-api/core/v1';
import { imageTag } from './image-reference.ts';
import { defaultResources } from './resource-list.ts';

/** `Always` for images that may change under their name. */
export function defaultPullPolicy(image: string | undefined): string {
  return imageTag(image ?? '') === 'latest' ? 'Always' : 'IfNotPresent';
}

/** Fills in what a container of any sort leaves out. Behaviour: core/v1 SetDefaults_Container and the generated defaults, v1.37. */
export function defaultContainer(container: Container): void {
  container.imagePullPolicy ||= defaultPullPolicy(container.image);
  container.terminationMessagePath ||= '/dev/termination-log';
  container.terminationMessagePolicy ||= 'File';
  for (const port of container.ports ?? []) port.protocol ||= 'TCP';
  for (const variable of container.env ?? []) defaultVariable(variable);
  defaultResources(container.resources);
  defaultProbe(container.livenessProbe);
  defaultProbe(container.readinessProbe);
  defaultProbe(container.startupProbe);
  defaultLifecycle(container.lifecycle);
}

function defaultVariable({ valueFrom }: EnvVar): void {
  if (!valueFrom) return;
  defaultFieldSelector(valueFrom.fieldRef);
  defaultResourceSelector(valueFrom.resourceFieldRef);
  if (valueFrom.fileKeyRef !== undefined) valueFrom.fileKeyRef.optional ??= false;
}

/** A field of the pod is one of version v1 unless it says so. */
export function defaultFieldSelector(selector: ObjectFieldSelector | undefined): void {
  if (selector !== undefined) selector.apiVersion ||= 'v1';
}

/** No divisor is a divisor of zero, which Go writes. */
export function defaultResourceSelector(selector: ResourceFieldSelector | undefined): void {
  if (selector !== undefined) selector.divisor ??= '0';
}

function defaultProbe(probe: Probe | undefined): void {
  if (probe === undefined) return;
  probe.timeoutSeconds ||= 1;
  probe.periodSeconds ||= 10;
  probe.successThreshold ||= 1;
  probe.failureThreshold ||= 3;
  defaultHttpGet(probe.httpGet);
  if (probe.grpc !== undefined) probe.grpc.service ??= '';
}

function defaultLifecycle(lifecycle: Lifecycle | undefined): void {
  defaultHttpGet(lifecycle?.postStart?.httpGet);
  defaultHttpGet(lifecycle?.preStop?.httpGet);
}

function defaultHttpGet(action: HTTPGetAction | undefined): void {
  if (action === undefined) return;
  action.path ||= '/';
  action.scheme ||= 'HTTP';
}

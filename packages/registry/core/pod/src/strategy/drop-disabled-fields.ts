import type {
  Container,
  Lifecycle,
  Pod,
  PodSpec,
  PodStatus,
  PodTemplateSpec,
  Probe,
  Volume,
  VolumeProjection,
} from '@keelson/kubernetes-api/core/v1';
import { containersOf } from '../validation/visit-containers.ts';

/**
 * Removes, in place, what only feature gates that are off give a meaning to. Behaviour: api/pod DropDisabledPodFields, v1.37,
 * with the gates' defaults.
 */
export function dropDisabledPodFields({ metadata, spec }: Pod): void {
  dropObsoleteAnnotations(metadata.annotations);
  dropFromSpec(spec);
}

/** The same for a template. Behaviour: api/pod DropDisabledTemplateFields, v1.37. */
export function dropDisabledTemplateFields({ metadata, spec }: PodTemplateSpec): void {
  dropObsoleteAnnotations(metadata.annotations);
  dropFromSpec(spec);
}

/** Annotations that init containers had before they had a field; removed in v1.8. */
const obsolete = /^pod\.(alpha|beta)\.kubernetes\.io\/init-container(s|-statuses)$/;

/** Removes what has had no meaning since v1.8. */
export function dropObsoleteAnnotations(annotations: Record<string, string> | undefined): void {
  if (!annotations) return;
  for (const key of Object.keys(annotations)) if (obsolete.test(key)) delete annotations[key];
}

function dropFromSpec(spec: PodSpec): void {
  drop(spec, 'schedulingGroup');
  drop(spec, 'evictionResponders');
  for (const volume of spec.volumes ?? []) dropFromVolume(volume);
  for (const container of containersOf(spec)) dropFromContainer(container);
}

/** What is not there is not deleted, for that costs more than to look. */
function drop<T extends object>(object: T | undefined | null, field: keyof T): void {
  if (object?.[field] !== undefined) delete object[field];
}

function dropFromContainer(container: Container): void {
  for (const mount of container.volumeMounts ?? []) drop(mount, 'bindMountOptions');
  dropFromProbe(container.livenessProbe);
  dropFromProbe(container.readinessProbe);
  dropFromProbe(container.startupProbe);
  const { lifecycle } = container;
  if (lifecycle === undefined) return;
  const signalled = lifecycle.stopSignal !== undefined;
  dropFromLifecycle(lifecycle);
  if (signalled && Object.keys(lifecycle).length === 0) delete container.lifecycle;
}

function dropFromProbe(probe: Probe | undefined): void {
  drop(probe?.httpGet, 'protocol');
  drop(probe?.grpc, 'mode');
}

function dropFromLifecycle(lifecycle: Lifecycle): void {
  drop(lifecycle, 'stopSignal');
  drop(lifecycle.postStart?.httpGet, 'protocol');
  drop(lifecycle.preStop?.httpGet, 'protocol');
}

/** Who owns the files of a volume, and the mode of an empty one. */
function dropFromVolume({ emptyDir, secret, configMap, downwardAPI, projected }: Volume): void {
  drop(emptyDir, 'mode');
  drop(secret, 'defaultUser');
  drop(configMap, 'defaultUser');
  drop(downwardAPI, 'defaultUser');
  drop(projected, 'defaultUser');
  dropFromFiles({ secret, configMap, downwardAPI });
  for (const source of projected?.sources ?? []) {
    drop(source.serviceAccountToken, 'user');
    drop(source.clusterTrustBundle, 'user');
    drop(source.podCertificate, 'user');
    dropFromFiles(source);
  }
}

function dropFromFiles({ secret, configMap, downwardAPI }: VolumeProjection): void {
  for (const file of secret?.items ?? []) drop(file, 'user');
  for (const file of configMap?.items ?? []) drop(file, 'user');
  for (const file of downwardAPI?.items ?? []) drop(file, 'user');
}

/** The same for what is said of a pod. Behaviour: api/pod dropDisabledPodStatusFields, v1.37. */
export function dropDisabledStatusFields(status: PodStatus): void {
  delete status.volumeHealth;
  delete status.nodeAllocatableResourceClaimStatuses;
  const all = [
    ...(status.initContainerStatuses ?? []),
    ...(status.containerStatuses ?? []),
    ...(status.ephemeralContainerStatuses ?? []),
  ];
  for (const { volumeMounts } of all)
    for (const mount of volumeMounts ?? []) delete mount.volumeStatus;
}

import type {
  Container,
  Lifecycle,
  Pod,
  PodSpec,
  PodStatus,
  PodTemplateSpec,
  Probe,
  Volume,
} from '@keelson/kubernetes-api/core/v1';

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
  for (const key of Object.keys(annotations ?? {}))
    if (obsolete.test(key)) delete annotations?.[key];
}

function dropFromSpec(spec: PodSpec): void {
  delete spec.schedulingGroup;
  delete spec.evictionResponders;
  for (const volume of spec.volumes ?? []) dropFromVolume(volume);
  for (const container of [
    ...(spec.initContainers ?? []),
    ...(spec.containers ?? []),
    ...(spec.ephemeralContainers ?? []),
  ])
    dropFromContainer(container);
}

function dropFromContainer(container: Container): void {
  for (const mount of container.volumeMounts ?? []) delete mount.bindMountOptions;
  for (const probe of [container.livenessProbe, container.readinessProbe, container.startupProbe])
    dropFromProbe(probe);
  const { lifecycle } = container;
  if (lifecycle === undefined) return;
  const signalled = lifecycle.stopSignal !== undefined;
  dropFromLifecycle(lifecycle);
  if (signalled && Object.keys(lifecycle).length === 0) delete container.lifecycle;
}

function dropFromProbe(probe: Probe | undefined): void {
  delete probe?.httpGet?.protocol;
  delete probe?.grpc?.mode;
}

function dropFromLifecycle(lifecycle: Lifecycle): void {
  delete lifecycle.stopSignal;
  delete lifecycle.postStart?.httpGet?.protocol;
  delete lifecycle.preStop?.httpGet?.protocol;
}

/** Who owns the files of a volume, and the mode of an empty one. */
function dropFromVolume({ emptyDir, secret, configMap, downwardAPI, projected }: Volume): void {
  delete emptyDir?.mode;
  for (const source of [secret, configMap, downwardAPI, projected]) delete source?.defaultUser;
  const sources = projected?.sources ?? [];
  for (const { serviceAccountToken, clusterTrustBundle, podCertificate } of sources) {
    for (const source of [serviceAccountToken, clusterTrustBundle, podCertificate])
      delete source?.user;
  }
  const files = [
    secret,
    configMap,
    downwardAPI,
    ...sources.flatMap((source) => [source.secret, source.configMap, source.downwardAPI]),
  ];
  for (const file of files.flatMap((source) => source?.items ?? [])) delete file.user;
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

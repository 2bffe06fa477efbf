import type { EnvFromSource, EnvVar, PodSpec, Volume } from '@keelson/kubernetes-api/core/v1';

/** What containers of every sort have in common here. */
export interface ContainerSecrets {
  readonly name?: string;
  readonly env?: readonly EnvVar[];
  readonly envFrom?: readonly EnvFromSource[];
}

/** A secret in a container's environment: in the variable `variable`, or as a whole. */
export interface SecretInEnvironment {
  readonly variable?: string;
  readonly secret: string;
}

/** The secrets that a container's environment is made of. */
export function secretsInEnvironment({
  env = [],
  envFrom = [],
}: ContainerSecrets): readonly SecretInEnvironment[] {
  return [
    ...env.flatMap(({ name, valueFrom }) =>
      valueFrom?.secretKeyRef === undefined
        ? []
        : [{ variable: name ?? '', secret: valueFrom.secretKeyRef.name ?? '' }],
    ),
    ...envFrom.flatMap(({ secretRef }) =>
      secretRef === undefined ? [] : [{ secret: secretRef.name ?? '' }],
    ),
  ];
}

/** Whether a pod names any secret, anywhere. Behaviour: pkg/api/pod VisitPodSecretNames. */
export function namesSecrets(spec: PodSpec): boolean {
  const containers: readonly ContainerSecrets[] = [
    ...(spec.initContainers ?? []),
    ...(spec.containers ?? []),
    ...(spec.ephemeralContainers ?? []),
  ];
  const names = [
    ...(spec.imagePullSecrets ?? []).map(({ name }) => name),
    ...containers.flatMap(secretsInEnvironment).map(({ secret }) => secret),
    ...(spec.volumes ?? []).flatMap(secretsOfVolume),
  ];
  return names.some((name) => name !== undefined && name !== '');
}

function secretsOfVolume(volume: Volume): readonly (string | undefined)[] {
  return [
    volume.secret?.secretName,
    volume.azureFile?.secretName,
    volume.cephfs?.secretRef?.name,
    volume.cinder?.secretRef?.name,
    volume.flexVolume?.secretRef?.name,
    volume.rbd?.secretRef?.name,
    volume.scaleIO?.secretRef?.name,
    volume.iscsi?.secretRef?.name,
    volume.storageos?.secretRef?.name,
    volume.csi?.nodePublishSecretRef?.name,
    ...(volume.projected?.sources ?? []).map(({ secret }) => secret?.name),
  ];
}

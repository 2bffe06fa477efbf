import type {
  AzureDiskVolumeSource,
  DownwardAPIVolumeFile,
  ProjectedVolumeSource,
  Volume,
} from '@keelson/kubernetes-api/core/v1';
import { defaultFieldSelector, defaultPullPolicy, defaultResourceSelector } from './container.ts';
import { defaultResources } from './resource-list.ts';

// 0644
const readable = 420;

/** Fills in what a volume leaves out; one without a source is an empty directory. Behaviour: core/v1 defaults, v1.37. */
export function defaultVolume(volume: Volume): void {
  if (!hasSource(volume)) volume.emptyDir = {};
  if (volume.image !== undefined)
    volume.image.pullPolicy ||= defaultPullPolicy(volume.image.reference);
  if (volume.hostPath !== undefined) volume.hostPath.type ??= '';
  if (volume.secret !== undefined) volume.secret.defaultMode ??= readable;
  if (volume.configMap !== undefined) volume.configMap.defaultMode ??= readable;
  if (volume.downwardAPI !== undefined) {
    volume.downwardAPI.defaultMode ??= readable;
    defaultFiles(volume.downwardAPI.items);
  }
  defaultProjected(volume.projected);
  defaultRemote(volume);
  const claim = volume.ephemeral?.volumeClaimTemplate?.spec;
  if (claim !== undefined) {
    claim.volumeMode ??= 'Filesystem';
    defaultResources(claim.resources);
  }
}

const hasSource = (volume: Volume): boolean =>
  (Object.keys(volume) as (keyof Volume)[]).some(
    (field) => field !== 'name' && volume[field] !== undefined && volume[field] !== null,
  );

function defaultFiles(files: DownwardAPIVolumeFile[] | undefined | null): void {
  for (const file of files ?? []) {
    defaultFieldSelector(file.fieldRef);
    defaultResourceSelector(file.resourceFieldRef);
  }
}

function defaultProjected(projected: ProjectedVolumeSource | undefined): void {
  if (projected === undefined) return;
  projected.defaultMode ??= readable;
  for (const source of projected.sources ?? []) {
    defaultFiles(source.downwardAPI?.items);
    if (source.serviceAccountToken !== undefined)
      source.serviceAccountToken.expirationSeconds ??= 3600;
  }
}

/** The sources that are storage systems of their own. */
function defaultRemote({ iscsi, rbd, azureDisk, scaleIO }: Volume): void {
  if (iscsi !== undefined) iscsi.iscsiInterface ||= 'default';
  if (rbd !== undefined) {
    rbd.pool ||= 'rbd';
    rbd.user ||= 'admin';
    rbd.keyring ||= '/etc/ceph/keyring';
  }
  if (azureDisk !== undefined) defaultAzureDisk(azureDisk);
  if (scaleIO !== undefined) {
    scaleIO.storageMode ||= 'ThinProvisioned';
    scaleIO.fsType ||= 'xfs';
  }
}

function defaultAzureDisk(disk: AzureDiskVolumeSource): void {
  disk.cachingMode ??= 'ReadWrite';
  disk.fsType ??= 'ext4';
  disk.readOnly ??= false;
  disk.kind ??= 'Shared';
}

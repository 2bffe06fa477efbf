import type { Volume, VolumeProjection } from '@keelson/kubernetes-api/core/v1';
import { mostCompared } from './ports.ts';

/** A file of a volume, and where it comes from when that may differ. */
interface Target {
  readonly path: string;
  readonly source?: string;
}

/** Warns of files of one volume that hide each other. Behaviour: api/pod warningsForOverlappingVirtualPaths, v1.37. */
export function overlapWarnings(volumes: readonly Volume[]): string[] {
  return volumes.flatMap((volume) => [...ownFiles(volume), ...projectedFiles(volume)]);
}

function ownFiles({ name, configMap, secret, downwardAPI }: Volume): string[] {
  return [
    ...overlaps(name, `ConfigMap "${configMap?.name ?? ''}"`, targets(configMap?.items)),
    ...overlaps(name, `Secret "${secret?.secretName ?? ''}"`, targets(secret?.items)),
    ...overlaps(name, 'DownwardAPI', targets(downwardAPI?.items)),
  ];
}

function projectedFiles({ name, projected }: Volume): string[] {
  const empty = (projected?.sources ?? []).filter(isEmpty).map(() => `volume ${JSON.stringify(name)} (Projected) has no sources provided`);
  return [...empty, ...overlaps(name, 'Projected', (projected?.sources ?? []).flatMap(targetsOfSource))];
}

const isEmpty = (source: VolumeProjection): boolean => Object.keys(source).length === 0;

function targetsOfSource(source: VolumeProjection): Target[] {
  const { configMap, secret, downwardAPI, serviceAccountToken, clusterTrustBundle, podCertificate } = source;
  if (configMap?.items !== undefined) return targets(configMap.items, `ConfigMap "${configMap.name ?? ''}"`);
  if (secret?.items !== undefined) return targets(secret.items, `Secret "${secret.name ?? ''}"`);
  if (downwardAPI?.items !== undefined) return targets(downwardAPI.items, 'DownwardAPI');
  if (serviceAccountToken !== undefined) return [{ path: serviceAccountToken.path, source: 'ServiceAccountToken' }];
  if (clusterTrustBundle !== undefined) {
    const { path, name, signerName } = clusterTrustBundle;
    return [{ path, source: `ClusterTrustBundle "${name ?? signerName ?? ''}"` }];
  }
  return [
    { path: podCertificate?.certificateChainPath ?? '', source: 'PodCertificate chain' },
    { path: podCertificate?.keyPath ?? '', source: 'PodCertificate key' },
    { path: podCertificate?.credentialBundlePath ?? '', source: 'PodCertificate credential bundle' },
  ].filter(({ path }) => path !== '');
}

function targets(items: readonly { readonly path: string }[] | undefined, source?: string): Target[] {
  return (items ?? []).map(({ path }) => (source === undefined ? { path } : { path, source }));
}

function overlaps(volume: string, kind: string, all: readonly Target[]): string[] {
  const trimmed = all.slice(0, mostCompared).map((target) => ({ ...target, path: target.path.replace(/\/+$/, '') }));
  return trimmed.flatMap((target, index) =>
    trimmed
      .slice(0, index)
      .filter((other) => collide(target.path, other.path))
      .map((other) => `volume ${JSON.stringify(volume)} (${kind}): overlapping paths: ${text(target)} with ${text(other)}`),
  );
}

/** One is the other, or a folder on the way to it. */
function collide(a: string, b: string): boolean {
  return a !== '' && b !== '' && (`${a}/`.startsWith(`${b}/`) || `${b}/`.startsWith(`${a}/`));
}

const text = ({ path, source }: Target): string => (source === undefined ? JSON.stringify(path) : `${JSON.stringify(path)} (${source})`);

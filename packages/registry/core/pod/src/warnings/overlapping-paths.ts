import type { Volume, VolumeProjection } from '@keelson/kubernetes-api/core/v1';

/** A file in a volume, and who puts it there. */
interface VolumeFile {
  readonly path: string;
  readonly source: string;
}

const quoted = (name: string | undefined): string => JSON.stringify(name ?? '');

/** Files of a volume that hide each other. Behaviour: api/pod warningsForOverlappingVirtualPaths, v1.37. */
export function overlappingPathWarnings(volumes: readonly Volume[] | undefined): string[] {
  return (volumes ?? []).flatMap(({ name, configMap, secret, downwardAPI, projected }) => [
    ...overlaps(configMap?.items, name, `ConfigMap ${quoted(configMap?.name)}`),
    ...overlaps(secret?.items, name, `Secret ${quoted(secret?.secretName)}`),
    ...overlaps(downwardAPI?.items, name, 'DownwardAPI'),
    ...projectedWarnings(projected?.sources ?? [], name),
  ]);
}

function overlaps(items: readonly { readonly path: string }[] | undefined, volume: string, kind: string): string[] {
  return among((items ?? []).map(({ path }) => ({ path, source: '' })), volume, kind);
}

function projectedWarnings(sources: readonly VolumeProjection[], volume: string): string[] {
  const empty = sources.filter((source) => Object.values(source).every((value) => value === undefined));
  return [
    ...empty.map(() => `volume ${quoted(volume)} (Projected) has no sources provided`),
    ...among(sources.flatMap(filesOf), volume, 'Projected'),
  ];
}

function filesOf(source: VolumeProjection): VolumeFile[] {
  const { configMap, secret, downwardAPI, serviceAccountToken, clusterTrustBundle, podCertificate } = source;
  const items = (list: readonly { readonly path: string }[], from: string) => list.map(({ path }) => ({ path, source: from }));
  if (configMap?.items) return items(configMap.items, `ConfigMap ${quoted(configMap.name)}`);
  if (secret?.items) return items(secret.items, `Secret ${quoted(secret.name)}`);
  if (downwardAPI?.items) return items(downwardAPI.items, 'DownwardAPI');
  if (serviceAccountToken) return [{ path: serviceAccountToken.path, source: 'ServiceAccountToken' }];
  if (clusterTrustBundle) {
    return [{ path: clusterTrustBundle.path, source: `ClusterTrustBundle ${quoted(clusterTrustBundle.name ?? clusterTrustBundle.signerName)}` }];
  }
  return [
    { path: podCertificate?.certificateChainPath ?? '', source: 'PodCertificate chain' },
    { path: podCertificate?.keyPath ?? '', source: 'PodCertificate key' },
    { path: podCertificate?.credentialBundlePath ?? '', source: 'PodCertificate credential bundle' },
  ].filter(({ path }) => path !== '');
}

function among(files: readonly VolumeFile[], volume: string, kind: string): string[] {
  const seen: VolumeFile[] = [];
  return files.flatMap(({ path, source }) => {
    const file = { path: path.replace(/\/+$/, ''), source };
    const hits = file.path === '' ? [] : seen.filter((other) => other.path !== '' && covers(file, other));
    seen.push(file);
    return hits.map((other) => `volume ${quoted(volume)} (${kind}): overlapping paths: ${textOf(file)} with ${textOf(other)}`);
  });
}

/** Whether one is the other, or a folder on its way. */
function covers(a: VolumeFile, b: VolumeFile): boolean {
  return `${a.path}/`.startsWith(`${b.path}/`) || `${b.path}/`.startsWith(`${a.path}/`);
}

const textOf = ({ path, source }: VolumeFile): string => (source === '' ? quoted(path) : `${quoted(path)} (${source})`);

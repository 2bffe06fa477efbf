import { goQuote } from '@keelson/api-machinery';
import type { Volume, VolumeProjection } from '@keelson/kubernetes-api/core/v1';

/** A file in a volume, and who puts it there. */
interface VolumeFile {
  readonly path: string;
  /** A text that is put together for a warning only. */
  readonly source: () => string;
}

const quoted = (name: string | undefined): string => goQuote(name ?? '');

/** Files of a volume that hide each other. Behaviour: api/pod warningsForOverlappingVirtualPaths, v1.37. */
export function overlappingPathWarnings(volumes: readonly Volume[] | undefined): string[] {
  return (volumes ?? []).flatMap(({ name, configMap, secret, downwardAPI, projected }) => [
    ...overlaps(configMap?.items, name, () => `ConfigMap ${quoted(configMap?.name)}`),
    ...overlaps(secret?.items, name, () => `Secret ${quoted(secret?.secretName)}`),
    ...overlaps(downwardAPI?.items, name, () => 'DownwardAPI'),
    ...projectedWarnings(projected?.sources, name),
  ]);
}

function overlaps(
  items: readonly { readonly path: string }[] | undefined | null,
  volume: string,
  kind: () => string,
): string[] {
  if (!items) return [];
  const files = items.map(({ path }) => ({ path, source: () => '' }));
  return among(files, volume, kind);
}

function projectedWarnings(
  sources: readonly VolumeProjection[] | undefined | null,
  volume: string,
): string[] {
  if (!sources) return [];
  const empty = sources.filter((source) =>
    Object.values(source).every((value) => value === undefined),
  );
  return [
    ...empty.map(() => `volume ${quoted(volume)} (Projected) has no sources provided`),
    ...among(sources.flatMap(filesOf), volume, () => 'Projected'),
  ];
}

function filesOf(source: VolumeProjection): VolumeFile[] {
  const {
    configMap,
    secret,
    downwardAPI,
    serviceAccountToken,
    clusterTrustBundle,
    podCertificate,
  } = source;
  if (configMap?.items)
    return itemsFrom(configMap.items, () => `ConfigMap ${quoted(configMap.name)}`);
  if (secret?.items) return itemsFrom(secret.items, () => `Secret ${quoted(secret.name)}`);
  if (downwardAPI?.items) return itemsFrom(downwardAPI.items, () => 'DownwardAPI');
  if (serviceAccountToken)
    return [{ path: serviceAccountToken.path, source: () => 'ServiceAccountToken' }];
  if (clusterTrustBundle) {
    return [
      {
        path: clusterTrustBundle.path,
        source: () =>
          `ClusterTrustBundle ${quoted(clusterTrustBundle.name ?? clusterTrustBundle.signerName)}`,
      },
    ];
  }
  return [
    { path: podCertificate?.certificateChainPath ?? '', source: () => 'PodCertificate chain' },
    { path: podCertificate?.keyPath ?? '', source: () => 'PodCertificate key' },
    {
      path: podCertificate?.credentialBundlePath ?? '',
      source: () => 'PodCertificate credential bundle',
    },
  ].filter(({ path }) => path !== '');
}

const itemsFrom = (
  items: readonly { readonly path: string }[],
  source: () => string,
): VolumeFile[] => items.map(({ path }) => ({ path, source }));

/** More warnings than fit into a response's headers. Without a bound, n equal files make n² of them. */
const most = 1000;

function among(files: readonly VolumeFile[], volume: string, kind: () => string): string[] {
  if (!mayOverlap(files)) return [];
  const tree = new FileTree();
  const warnings: string[] = [];
  for (const { path, source } of files) {
    const file = { path: path.replace(/\/+$/, ''), source };
    if (file.path === '') continue;
    const hits = tree.add(file, most - warnings.length);
    warnings.push(
      ...hits.map(
        (other) =>
          `volume ${quoted(volume)} (${kind()}): overlapping paths: ${textOf(file)} with ${textOf(other)}`,
      ),
    );
    if (warnings.length >= most) break;
  }
  return warnings;
}

/** Files that overlap are below the same name, or are it. */
const mayOverlap = (files: readonly VolumeFile[]): boolean =>
  new Set(files.map(firstName)).size < files.length;

function firstName({ path }: VolumeFile): string {
  const slash = path.indexOf('/');
  return slash < 0 ? path : path.slice(0, slash);
}

interface Entry {
  readonly file: VolumeFile;
  readonly order: number;
}

/** A folder or a file: those that are exactly here, and those that are further down. */
interface Node {
  readonly children: Map<string, Node>;
  readonly here: Entry[];
  readonly below: Entry[];
}

const emptyNode = (): Node => ({ children: new Map(), here: [], below: [] });

/** The files of a volume as a tree, so that only those are looked at that overlap. */
class FileTree {
  readonly #root = emptyNode();
  #count = 0;

  /** Adds a file; gives the first `limit` of those before that it is, that are on its way, or that it is on the way of. */
  add(file: VolumeFile, limit: number): VolumeFile[] {
    const entry = { file, order: this.#count++ };
    const hits: Entry[] = [];
    let node = this.#root;
    for (const name of file.path.split('/')) {
      if (node !== this.#root) {
        hits.push(...node.here.slice(0, limit));
        node.below.push(entry);
      }
      const child = node.children.get(name) ?? emptyNode();
      node.children.set(name, child);
      node = child;
    }
    hits.push(...node.here.slice(0, limit), ...node.below.slice(0, limit));
    node.here.push(entry);
    return hits
      .sort((a, b) => a.order - b.order)
      .slice(0, limit)
      .map((hit) => hit.file);
  }
}

function textOf({ path, source }: VolumeFile): string {
  const from = source();
  return from === '' ? quoted(path) : `${quoted(path)} (${from})`;
}

import type { FieldPath } from '@keelson/api-machinery';
import type { Volume } from '@keelson/kubernetes-api/core/v1';
import { fractionWarnings } from './fractions.ts';

/** What upstream calls the volume, when not by its name, and since when it is of no use. */
const deprecated = new Map<keyof Volume, readonly [name: string, warning: string]>([
  [
    'photonPersistentDisk',
    ['photonPersistentDisk', 'deprecated in v1.11, non-functional in v1.16+'],
  ],
  ['gitRepo', ['gitRepo', 'deprecated in v1.11, and disabled by default in v1.33+']],
  ['scaleIO', ['scaleIO', 'deprecated in v1.16, non-functional in v1.22+']],
  ['flocker', ['flocker', 'deprecated in v1.22, non-functional in v1.25+']],
  ['storageos', ['storageOS', 'deprecated in v1.22, non-functional in v1.25+']],
  ['quobyte', ['quobyte', 'deprecated in v1.22, non-functional in v1.25+']],
  ['glusterfs', ['glusterfs', 'deprecated in v1.25, non-functional in v1.26+']],
  ['cephfs', ['cephfs', 'deprecated in v1.28, non-functional in v1.31+']],
  ['rbd', ['rbd', 'deprecated in v1.28, non-functional in v1.31+']],
]);

/** Kinds of volumes that are gone or going, and claims for parts of a byte. */
export function volumeWarnings(volumes: readonly Volume[] | undefined, path: FieldPath): string[] {
  return (volumes ?? []).flatMap((volume, index) => {
    const at = path.index(index);
    return [...deprecationWarnings(volume, at), ...claimWarnings(volume, at)];
  });
}

function deprecationWarnings(volume: Volume, path: FieldPath): string[] {
  if (!Object.keys(volume).some((field) => deprecated.has(field as keyof Volume))) return [];
  return [...deprecated]
    .filter(([field]) => volume[field] !== undefined)
    .map(([, [name, warning]]) => `${path.child(name).toString()}: ${warning}`);
}

function claimWarnings({ ephemeral }: Volume, path: FieldPath): string[] {
  const resources = ephemeral?.volumeClaimTemplate?.spec.resources;
  if (!resources) return [];
  const at = path.child('ephemeral', 'volumeClaimTemplate', 'spec', 'resources');
  return [
    ...fractionWarnings(resources.requests, ['storage'], at.child('requests')),
    ...fractionWarnings(resources.limits, ['storage'], at.child('limits')),
  ];
}

import type { FieldPath } from '@keelson/api-machinery';
import type { Volume } from '@keelson/kubernetes-api/core/v1';
import { fractionWarnings } from './fractions.ts';

/** What upstream calls the volume, when not by its name, and since when it is of no use. */
const deprecated: ReadonlyMap<string, readonly [name: string, warning: string]> = new Map([
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

/** A valid volume is of one kind only, so that their order does not matter. */
function deprecationWarnings(volume: Volume, path: FieldPath): string[] {
  return (Object.keys(volume) as (keyof Volume)[]).flatMap((field) => {
    const found = volume[field] === undefined ? undefined : deprecated.get(field);
    return found === undefined ? [] : [`${path.child(found[0]).toString()}: ${found[1]}`];
  });
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

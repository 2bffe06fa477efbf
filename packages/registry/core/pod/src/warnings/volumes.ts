import { quantityMilliValue, type FieldPath } from '@keelson/api-machinery';
import type { Volume } from '@keelson/kubernetes-api/core/v1';

/** Sources that do nothing any more, or will not for long. */
const deprecated = [
  ['photonPersistentDisk', 'deprecated in v1.11, non-functional in v1.16+'],
  ['gitRepo', 'deprecated in v1.11, and disabled by default in v1.33+'],
  ['scaleIO', 'deprecated in v1.16, non-functional in v1.22+'],
  ['flocker', 'deprecated in v1.22, non-functional in v1.25+'],
  ['storageos', 'deprecated in v1.22, non-functional in v1.25+'],
  ['quobyte', 'deprecated in v1.22, non-functional in v1.25+'],
  ['glusterfs', 'deprecated in v1.25, non-functional in v1.26+'],
] as const;
const deprecatedLater = [
  ['cephfs', 'deprecated in v1.28, non-functional in v1.31+'],
  ['rbd', 'deprecated in v1.28, non-functional in v1.31+'],
] as const;
/** Upstream's warning spells it otherwise than its field. */
const shown: Readonly<Record<string, string>> = { storageos: 'storageOS' };

/** Behaviour: api/pod warningsForPodSpecAndMeta, v1.37. */
export function volumeWarnings(volume: Volume, path: FieldPath): string[] {
  const old = (sources: readonly (readonly [keyof Volume, string])[]) =>
    sources.flatMap(([name, message]) => (volume[name] === undefined ? [] : [`${path.child(shown[name] ?? name)}: ${message}`]));
  return [...old(deprecated), ...claimWarnings(volume, path), ...old(deprecatedLater)];
}

function claimWarnings({ ephemeral }: Volume, path: FieldPath): string[] {
  const resources = ephemeral?.volumeClaimTemplate?.spec.resources;
  const at = path.child('ephemeral', 'volumeClaimTemplate', 'spec', 'resources');
  return (['requests', 'limits'] as const).flatMap((which) => fractionWarning(resources?.[which], 'storage', at.child(which)));
}

/** Warns of an amount that is no whole number of bytes. */
export function fractionWarning(list: Readonly<Record<string, string>> | undefined, name: string, path: FieldPath): string[] {
  const amount = list?.[name];
  if (amount === undefined || quantityMilliValue(amount) % 1000n === 0n) return [];
  return [`${path.key(name)}: fractional byte value ${JSON.stringify(amount)} is invalid, must be an integer`];
}

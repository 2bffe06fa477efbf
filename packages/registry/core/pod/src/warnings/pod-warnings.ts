import { fieldPath, isDNS1123Label, type FieldPath, type ObjectMeta } from '@keelson/api-machinery';
import type { Pod, PodSpec, PodTemplateSpec } from '@keelson/kubernetes-api/core/v1';
import { ipWarnings } from './ip-addresses.ts';
import { annotationWarnings, appArmorWarnings, containerSeccompWarnings, podSeccompWarnings } from './annotations.ts';
import { containerWarnings } from './containers.ts';
import { placementWarnings, podAffinityWarnings } from './node-labels.ts';
import { overlapWarnings } from './overlapping-paths.ts';
import { portWarnings, type PlacedContainer } from './ports.ts';
import { fractionWarning, volumeWarnings } from './volumes.ts';

/** What a new pod's author should know. Behaviour: registry/core/pod WarningsOnCreate, v1.37. */
export function podWarnings({ metadata, spec }: Pod): string[] {
  const unusual = isDNS1123Label(metadata.name ?? '');
  const about = "metadata.name: this is used in the Pod's hostname, which can result in surprising behavior; a DNS label is recommended";
  return [...(unusual.length > 0 ? [`${about}: [${unusual.join(' ')}]`] : []), ...warnings(spec, metadata, false, fieldPath('spec'), fieldPath('metadata'))];
}

/** What the author of a template should know. `path` leads to the template. Behaviour: api/pod GetWarningsForPodTemplate, v1.37. */
export function podTemplateWarnings({ metadata, spec }: PodTemplateSpec, path: FieldPath): string[] {
  return warnings(spec, metadata, true, path.child('spec'), path.child('metadata'));
}

function warnings(spec: PodSpec, metadata: ObjectMeta, isTemplate: boolean, path: FieldPath, metadataPath: FieldPath): string[] {
  const annotations = metadataPath.child('annotations');
  const containers = placed(spec, path);
  const volumes = spec.volumes ?? [];
  return [
    ...placementWarnings(spec, path),
    ...annotationWarnings(metadata, annotations),
    ...volumes.flatMap((volume, index) => volumeWarnings(volume, path.child('volumes').index(index))),
    ...overlapWarnings(volumes),
    ...listWarnings(spec, path),
    ...fractionWarning(spec.overhead, 'memory', path.child('overhead')),
    ...fractionWarning(spec.overhead, 'ephemeral-storage', path.child('overhead')),
    ...podSeccompWarnings(spec, metadata, annotations),
    ...containers.flatMap((container) => [
      ...containerSeccompWarnings(container, metadata, annotations),
      ...(isTemplate ? appArmorWarnings(container, spec, metadata, annotations) : []),
      ...containerWarnings(container),
    ]),
    ...portWarnings(containers),
    ...graceWarnings(spec, path),
    ...podAffinityWarnings(spec, path),
    ...addressWarnings(spec, path),
  ];
}

function placed(spec: PodSpec, path: FieldPath): PlacedContainer[] {
  return (['initContainers', 'containers', 'ephemeralContainers'] as const).flatMap((list) =>
    (spec[list] ?? []).map((container, index) => ({ container, path: path.child(list).index(index) })),
  );
}

function listWarnings({ hostAliases = [], imagePullSecrets = [] }: PodSpec, path: FieldPath): string[] {
  const aliases = path.child('hostAliases');
  const secrets = path.child('imagePullSecrets');
  const names = imagePullSecrets.map(({ name = '' }) => name);
  return [
    ...repeated(hostAliases.map(({ ip }) => ip)).map(({ index, value }) => `${aliases.index(index).child('ip')}: duplicate ip ${JSON.stringify(value)}`),
    ...repeated(names).map(({ index, value }) => `${secrets.index(index).child('name')}: duplicate name ${JSON.stringify(value)}`),
    ...names.flatMap((name, index) => (name === '' ? [`${secrets.index(index).child('name')}: invalid empty name ""`] : [])),
  ];
}

/** All but the first of equal values. */
function repeated(values: readonly string[]): { readonly index: number; readonly value: string }[] {
  const seen = new Set<string>();
  return values.flatMap((value, index) => {
    if (seen.has(value)) return [{ index, value }];
    seen.add(value);
    return [];
  });
}

function graceWarnings({ terminationGracePeriodSeconds: grace = 0 }: PodSpec, path: FieldPath): string[] {
  return grace < 0 ? [`${path.child('terminationGracePeriodSeconds')}: must be >= 0; negative values are invalid and will be treated as 1`] : [];
}

function addressWarnings({ dnsConfig, hostAliases }: PodSpec, path: FieldPath): string[] {
  return [
    ...(dnsConfig?.nameservers ?? []).flatMap((server, index) => ipWarnings(path.child('dnsConfig', 'nameservers').index(index), server)),
    ...(hostAliases ?? []).flatMap(({ ip }, index) => ipWarnings(path.child('hostAliases').index(index).child('ip'), ip)),
  ];
}

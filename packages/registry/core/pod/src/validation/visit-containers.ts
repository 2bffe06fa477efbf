import type { FieldPath } from '@keelson/api-machinery';
import type { Container, PodSpec } from '@keelson/kubernetes-api/core/v1';

type WithPath = readonly [Container, FieldPath];

/** All containers: init containers first. */
export function containersOf(spec: PodSpec): readonly Container[] {
  const { initContainers, containers, ephemeralContainers } = spec;
  if (!initContainers?.length && !ephemeralContainers?.length) return containers ?? [];
  return [...(initContainers ?? []), ...(containers ?? []), ...(ephemeralContainers ?? [])];
}

/** The same with their paths. `path` is that of the spec. */
export function containersWithPaths(spec: PodSpec, path: FieldPath): readonly WithPath[] {
  const all: WithPath[] = [];
  for (const list of ['initContainers', 'containers', 'ephemeralContainers'] as const) {
    const containers: readonly Container[] = spec[list] ?? [];
    if (containers.length === 0) continue;
    const at = path.child(list);
    for (const [index, container] of containers.entries()) all.push([container, at.index(index)]);
  }
  return all;
}

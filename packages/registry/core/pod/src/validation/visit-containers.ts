import type { FieldPath } from '@keelson/api-machinery';
import type { Container, PodSpec } from '@keelson/kubernetes-api/core/v1';

/** All containers with their paths: init containers first. `path` is that of the spec. */
export function containersWithPaths(
  spec: PodSpec,
  path: FieldPath,
): (readonly [Container, FieldPath])[] {
  return (['initContainers', 'containers', 'ephemeralContainers'] as const).flatMap((list) =>
    (spec[list] ?? []).map(
      (container: Container, index) => [container, path.child(list).index(index)] as const,
    ),
  );
}

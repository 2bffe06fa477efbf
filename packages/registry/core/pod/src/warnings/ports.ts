import type { FieldPath } from '@keelson/api-machinery';
import type { Container, ContainerPort } from '@keelson/kubernetes-api/core/v1';

/** A port, the place of its definition, and whether they are one place on the host. */
interface PlacedPort {
  readonly path: FieldPath;
  readonly port: ContainerPort;
}

/** A container and where it stands. */
export interface PlacedContainer {
  readonly container: Container;
  readonly path: FieldPath;
}

/** So many are compared with each other: responses have no room for more warnings, and time is short. */
export const mostCompared = 1_000;

/** Warns of ports of a pod that get into each other's way. Behaviour: api/pod warningsForPodSpecAndMeta, v1.37. */
export function portWarnings(containers: readonly PlacedContainer[]): string[] {
  const ports = containers.flatMap(({ container, path }) =>
    (container.ports ?? []).map((port, index): PlacedPort => ({ port, path: path.child('ports').index(index) })),
  );
  return [...conflictWarnings(ports.slice(0, mostCompared)), ...nameWarnings(ports)];
}

function conflictWarnings(ports: readonly PlacedPort[]): string[] {
  return ports.flatMap(({ port, path }, index) => {
    const before = ports.slice(0, index).filter((other) => sameTarget(port, other.port));
    return [
      ...(port.hostIP && !port.hostPort ? [`${path}: hostIP set without hostPort: ${goPort(port)}`] : []),
      ...before.flatMap((other) => {
        const conflict = conflictOf(port, other.port);
        return conflict === undefined ? [] : [`${path}: ${conflict} port definition with ${other.path}`];
      }),
    ];
  });
}

const sameTarget = (a: ContainerPort, b: ContainerPort): boolean => a.containerPort === b.containerPort && a.protocol === b.protocol;

function conflictOf(a: ContainerPort, b: ContainerPort): string | undefined {
  const samePort = (a.hostPort ?? 0) === (b.hostPort ?? 0);
  if (samePort && (a.hostIP ?? '') === (b.hostIP ?? '')) return 'duplicate';
  if (!a.hostPort || !b.hostPort) return 'overlapping';
  // One of them takes all addresses, and nobody knows who gets the other's.
  return samePort && !a.hostIP !== !b.hostIP ? 'dangerously ambiguous' : undefined;
}

/** As Go prints it. */
function goPort({ name, hostPort, containerPort, protocol, hostIP }: ContainerPort): string {
  return `{Name:${name ?? ''} HostPort:${hostPort ?? 0} ContainerPort:${containerPort} Protocol:${protocol ?? ''} HostIP:${hostIP ?? ''}}`;
}

function nameWarnings(ports: readonly PlacedPort[]): string[] {
  const first = new Map<string, FieldPath>();
  return ports.flatMap(({ port: { name }, path }) => {
    if (!name) return [];
    const other = first.get(name);
    if (other !== undefined) {
      return [`${path}: duplicate port name ${JSON.stringify(name)} with ${other}, services and probes that select ports by name will use ${other}`];
    }
    first.set(name, path);
    return [];
  });
}

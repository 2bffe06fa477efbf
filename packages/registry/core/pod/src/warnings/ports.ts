import type { FieldPath } from '@keelson/api-machinery';
import type { ContainerPort, PodSpec } from '@keelson/kubernetes-api/core/v1';
import { containersWithPaths } from '../validation/visit-containers.ts';

interface Placed {
  readonly port: ContainerPort;
  readonly at: FieldPath;
}

/** Ports that get in each other's way. `path` is the spec's. */
export function portWarnings(spec: PodSpec, path: FieldPath): string[] {
  const all = containersWithPaths(spec, path).flatMap(([{ ports }, at]) =>
    (ports ?? []).map((port, index): Placed => ({ port, at: at.child('ports').index(index) })),
  );
  return [...placeWarnings(all), ...nameWarnings(all)];
}

function placeWarnings(all: readonly Placed[]): string[] {
  return all.flatMap((one, index) => {
    const { port, at } = one;
    const others = all.slice(0, index).filter((other) => other.port.containerPort === port.containerPort && other.port.protocol === port.protocol);
    const lonely = port.hostIP && !port.hostPort ? [`${at}: hostIP set without hostPort: ${goText(port)}`] : [];
    return [...lonely, ...others.flatMap((other) => clash(one, other))];
  });
}

/** As Go prints the struct. */
function goText({ name, hostPort, containerPort, protocol, hostIP }: ContainerPort): string {
  return `{Name:${name ?? ''} HostPort:${hostPort ?? 0} ContainerPort:${containerPort} Protocol:${protocol ?? ''} HostIP:${hostIP ?? ''}}`;
}

function clash({ port, at }: Placed, other: Placed): string[] {
  const [ip = '', otherIp = ''] = [port.hostIP, other.port.hostIP];
  const [host = 0, otherHost = 0] = [port.hostPort, other.port.hostPort];
  if (ip === otherIp && host === otherHost) return [`${at}: duplicate port definition with ${other.at}`];
  if (host === 0 || otherHost === 0) return [`${at}: overlapping port definition with ${other.at}`];
  const ambiguous = host === otherHost && (ip === '') !== (otherIp === '');
  return ambiguous ? [`${at}: dangerously ambiguous port definition with ${other.at}`] : [];
}

function nameWarnings(all: readonly Placed[]): string[] {
  const first = new Map<string, FieldPath>();
  return all.flatMap(({ port: { name }, at }) => {
    if (!name) return [];
    const other = first.get(name);
    if (other !== undefined) {
      return [`${at}: duplicate port name ${JSON.stringify(name)} with ${other}, services and probes that select ports by name will use ${other}`];
    }
    first.set(name, at);
    return [];
  });
}

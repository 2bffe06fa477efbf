import { goQuote } from '@keelson/api-machinery';
import type { FieldPath } from '@keelson/api-machinery';
import type { Container, ContainerPort } from '@keelson/kubernetes-api/core/v1';

interface Placed {
  readonly port: ContainerPort;
  readonly at: FieldPath;
  readonly order: number;
}

/** More warnings than fit into a response's headers. Without a bound, n equal ports make n² of them. */
const most = 1000;

/** Ports that get in each other's way. Behaviour: api/pod warningsForPodSpecAndMeta, v1.37. */
export function portWarnings(containers: readonly (readonly [Container, FieldPath])[]): string[] {
  const all: Placed[] = [];
  for (const [{ ports }, path] of containers) {
    for (const [index, port] of (ports ?? []).entries())
      all.push({ port, at: path.child('ports').index(index), order: all.length });
  }
  if (all.length === 0) return [];
  return [...placeWarnings(all), ...nameWarnings(all)];
}

function placeWarnings(all: readonly Placed[]): string[] {
  // Mostly there is no second one, and nothing to look up.
  const places = new Map<string, Placed | PlacedPorts>();
  const warnings: string[] = [];
  for (const one of all) {
    if (warnings.length >= most) break;
    const { port, at } = one;
    const key = `${port.containerPort}/${port.protocol ?? ''}`;
    if (port.hostIP && !port.hostPort)
      warnings.push(`${at.toString()}: hostIP set without hostPort: ${goText(port)}`);
    const there = places.get(key);
    const others =
      there === undefined || there instanceof PlacedPorts ? there : new PlacedPorts(there);
    places.set(key, others ?? one);
    if (others === undefined) continue;
    const clashing = others.clashingWith(one, most - warnings.length);
    warnings.push(...clashing.map((other) => clash(one, other)));
    others.add(one);
  }
  return warnings;
}

/** As Go prints the struct. */
function goText({ name, hostPort, containerPort, protocol, hostIP }: ContainerPort): string {
  return `{Name:${name ?? ''} HostPort:${hostPort ?? 0} ContainerPort:${containerPort} Protocol:${protocol ?? ''} HostIP:${hostIP ?? ''}}`;
}

/** Ports of one number and protocol, by where on the host they are, so that only those are looked at that there is a warning about. */
class PlacedPorts {
  readonly #all: Placed[] = [];
  readonly #byHostPort = new Map<number, Placed[]>();
  readonly #byPlace = new Map<string, Placed[]>();

  constructor(first: Placed) {
    this.add(first);
  }

  add(one: Placed): void {
    const { hostPort = 0, hostIP = '' } = one.port;
    this.#all.push(one);
    append(this.#byHostPort, hostPort, one);
    append(this.#byPlace, `${hostPort}/${hostIP}`, one);
  }

  /** The first `limit` of them, in their order. */
  clashingWith({ port: { hostPort = 0, hostIP = '' } }: Placed, limit: number): Placed[] {
    const onHost = (address: string) => this.#byPlace.get(`${hostPort}/${address}`) ?? [];
    const lists =
      hostPort === 0
        ? [this.#all]
        : [
            this.#byHostPort.get(0) ?? [],
            ...(hostIP === ''
              ? [this.#byHostPort.get(hostPort) ?? []]
              : [onHost(hostIP), onHost('')]),
          ];
    return lists
      .flatMap((list) => list.slice(0, limit))
      .sort((a, b) => a.order - b.order)
      .slice(0, limit);
  }
}

function append<K>(lists: Map<K, Placed[]>, key: K, one: Placed): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [one]);
  else list.push(one);
}

function clash({ port, at }: Placed, other: Placed): string {
  const [host = 0, otherHost = 0] = [port.hostPort, other.port.hostPort];
  if ((port.hostIP ?? '') === (other.port.hostIP ?? '') && host === otherHost)
    return `${at.toString()}: duplicate port definition with ${other.at.toString()}`;
  if (host === 0 || otherHost === 0)
    return `${at.toString()}: overlapping port definition with ${other.at.toString()}`;
  return `${at.toString()}: dangerously ambiguous port definition with ${other.at.toString()}`;
}

function nameWarnings(all: readonly Placed[]): string[] {
  const first = new Map<string, FieldPath>();
  return all.flatMap(({ port: { name }, at }) => {
    if (!name) return [];
    const other = first.get(name);
    if (other !== undefined) {
      return [
        `${at.toString()}: duplicate port name ${goQuote(name)} with ${other.toString()}, services and probes that select ports by name will use ${other.toString()}`,
      ];
    }
    first.set(name, at);
    return [];
  });
}

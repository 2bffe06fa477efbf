import { internalServerError, StatusError } from '@keelson/api-machinery';
import type { Service, ServicePort } from '@keelson/kubernetes-api/core/v1';
import {
  allocatesNodePorts,
  needsHealthCheck,
  nodePortsOf,
  opensNodePorts,
} from '../service-traits.ts';
import { refusal } from './refusal.ts';
import type { NodePorts } from './take-node-port.ts';

/** The node ports that a service holds, its health check's among them. */
export function heldNodePorts(service: Service): ReadonlySet<number> {
  const { healthCheckNodePort = 0 } = service.spec;
  const held = new Set(opensNodePorts(service) ? nodePortsOf(service) : []);
  if (needsHealthCheck(service) && healthCheckNodePort !== 0) held.add(healthCheckNodePort);
  return held;
}

/**
 * Takes the node ports of a new service. Ports of the same number, for two protocols, share one. Behaviour:
 * registry/core/service/storage initNodePorts, v1.37.
 */
export async function takeNodePorts(taken: NodePorts, service: Service): Promise<void> {
  if (opensNodePorts(service)) {
    const byPort = new Map<number, number>();
    for (const [index, port] of (service.spec.ports ?? []).entries())
      if (port.nodePort || allocatesNodePorts(service)) await takePort(port, index, byPort);
  }
  if (needsHealthCheck(service)) await takeHealthCheck(taken, service);

  async function takePort(port: ServicePort, index: number, byPort: Map<number, number>) {
    const shared = byPort.get(port.port);
    if (shared === undefined) {
      const asked = askedFor(service, port.port);
      if (asked === 0) port.nodePort = await takeAny(taken);
      else {
        await takeAsked(taken, service, index, asked);
        port.nodePort = asked;
      }
      byPort.set(port.port, port.nodePort);
    } else if (!port.nodePort) port.nodePort = shared;
    else if (port.nodePort !== shared) await takeAsked(taken, service, index, port.nodePort);
  }
}

/** The first node port that is named for a port's number. */
const askedFor = ({ spec }: Service, number: number): number =>
  spec.ports?.find(({ port, nodePort = 0 }) => port === number && nodePort !== 0)?.nodePort ?? 0;

async function takeAsked(
  taken: NodePorts,
  service: Service,
  index: number,
  port: number,
): Promise<void> {
  const problem = await taken.take(port);
  if (problem !== undefined) throw refusal(service, `spec.ports[${index}].nodePort`, port, problem);
}

async function takeAny(taken: NodePorts): Promise<number> {
  const port = await taken.takeAny();
  if (port === undefined)
    throw internalServerError(new Error('failed to allocate a nodePort: range is full'));
  return port;
}

/** Takes what a changed service needs, and gives back what it needs no longer. Behaviour: txnUpdateNodePorts, v1.37. */
export async function updateNodePorts(
  taken: NodePorts,
  service: Service,
  old: Service,
): Promise<void> {
  const before = new Set(opensNodePorts(old) ? nodePortsOf(old) : []);
  if (opensNodePorts(service)) await takeMissing(taken, service, before);
  const after = new Set(opensNodePorts(service) ? nodePortsOf(service) : []);
  for (const port of before) if (!after.has(port)) taken.release(port);
  const [needed, needs] = [needsHealthCheck(old), needsHealthCheck(service)];
  if (!needed && needs) await takeHealthCheck(taken, service);
  else if (needed && !needs && old.spec.healthCheckNodePort)
    taken.release(old.spec.healthCheckNodePort);
}

async function takeMissing(
  taken: NodePorts,
  service: Service,
  before: ReadonlySet<number>,
): Promise<void> {
  const held = new Set(before);
  const seen = new Set<string>();
  for (const [index, port] of (service.spec.ports ?? []).entries()) {
    if (!port.nodePort) {
      if (!allocatesNodePorts(service)) continue;
      port.nodePort = await takeAny(taken);
    } else if (!held.has(port.nodePort)) await takeAsked(taken, service, index, port.nodePort);
    held.add(port.nodePort);
    const key = `{${port.protocol} ${port.nodePort}}`;
    if (seen.has(key)) throw unknownError(`duplicate nodePort: ${key}`);
    seen.add(key);
  }
}

/** An error that upstream gives no reason. */
const unknownError = (message: string): StatusError =>
  new StatusError({ code: 500, reason: '', message });

async function takeHealthCheck(taken: NodePorts, { spec }: Service): Promise<void> {
  const asked = spec.healthCheckNodePort ?? 0;
  if (asked === 0) {
    const port = await taken.takeAny();
    if (port === undefined)
      throw internalServerError(
        new Error('failed to allocate a HealthCheck NodePort 0: range is full'),
      );
    spec.healthCheckNodePort = port;
    return;
  }
  const problem = await taken.take(asked);
  if (problem !== undefined)
    throw internalServerError(
      new Error(`failed to allocate requested HealthCheck NodePort ${asked}: ${problem}`),
    );
}

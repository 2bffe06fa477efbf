import type { WriteEffects, WriteHooks } from '@keelson/generic-registry';
import type { Service } from '@keelson/kubernetes-api/core/v1';
import type { Allocation, Allocators } from './allocators.ts';
import { heldIPs, takeClusterIPs, updateClusterIPs } from './cluster-ips.ts';
import { initIPFamilies } from './ip-families.ts';
import { keepAllocatedValues, linkClusterIPs, linkNewClusterIPs } from './linked-fields.ts';
import { heldNodePorts, takeNodePorts, updateNodePorts } from './node-ports.ts';
import { NodePorts } from './take-node-port.ts';

/** What services take when they are written and give back when they go. Behaviour: registry/core/service/storage, v1.37. */
export function serviceHooks(allocators: Allocators): WriteHooks<Service> {
  return {
    async beginCreate(service, dryRun) {
      // A write that is tried again chooses again.
      const asked = structuredClone(service.spec);
      const effects = await allocating(allocators, dryRun, async (allocation) => {
        linkNewClusterIPs(service);
        initIPFamilies(service, undefined, allocators);
        await takeClusterIPs(allocation, service);
        await takeNodePorts(nodePorts(allocation, service), service);
      });
      return dryRun ? {} : restoring(effects, () => void (service.spec = asked));
    },
    beginUpdate: (service, old, dryRun) =>
      allocating(allocators, dryRun, async (allocation) => {
        keepAllocatedValues(service, old);
        linkClusterIPs(service, old);
        initIPFamilies(service, old, allocators);
        await updateClusterIPs(allocation, service, old);
        await updateNodePorts(nodePorts(allocation, service), service, old);
      }),
    beginDelete: (service) => Promise.resolve(releasingAll(allocators, service)),
  };
}

const nodePorts = (allocation: Allocation, { metadata: { namespace = '', name = '' } }: Service) =>
  new NodePorts(allocation, { namespace, name });

async function allocating(
  allocators: Allocators,
  dryRun: boolean,
  allocate: (allocation: Allocation) => Promise<void>,
): Promise<WriteEffects> {
  const claims = allocators.claims.begin();
  let done = false;
  try {
    await allocate({ allocators, claims, dryRun });
    done = true;
    return dryRun ? {} : claims.effects();
  } finally {
    if (!done || dryRun) claims.end();
  }
}

function restoring(effects: WriteEffects, restore: () => void): WriteEffects {
  return {
    ...effects,
    rollback: () => {
      effects.rollback?.();
      restore();
    },
  };
}

function releasingAll(allocators: Allocators, service: Service): WriteEffects {
  const claims = allocators.claims.begin();
  for (const ip of heldIPs(service)) claims.release(allocators.ipKey(ip));
  for (const port of heldNodePorts(service)) claims.release(allocators.nodePortKey(port));
  return claims.effects();
}

import type { Clock } from '@keelson/api-machinery';
import type { Registry } from '@keelson/generic-registry';
import type { Service } from '@keelson/kubernetes-api/core/v1';
import { repairServiceAllocations } from '@keelson/registry-core-service';
import type { StorageBackend } from '@keelson/storage-backend';
import type { Logger } from 'pino';

export interface RepairParts {
  readonly backend: StorageBackend;
  readonly root: string;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Makes what is held of cluster IPs and node ports agree with what services say, and logs what did not. */
export async function repairServices(
  registry: Registry,
  { logger, ...parts }: RepairParts,
): Promise<void> {
  const services = registry.store<Service>('', 'services');
  if (services === undefined) return;
  const { restored, freed, disputed } = await repairServiceAllocations({ ...parts, services });
  if (restored.length + freed.length > 0)
    logger.info({ restored, freed }, 'cluster IPs and node ports were repaired');
  if (disputed.length > 0)
    logger.warn(
      { disputed },
      'several services say that these cluster IPs and node ports are theirs',
    );
}

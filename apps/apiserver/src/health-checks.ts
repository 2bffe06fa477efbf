import type { HealthCheck } from '@keelson/server';
import type { Registry } from '@keelson/generic-registry';
import type { StorageBackend } from '@keelson/storage-backend';
import type { Options } from './options.ts';
import { storeProbe } from './store-probe.ts';

export interface HealthParts {
  readonly backend: StorageBackend;
  readonly etcd: Pick<Options['etcd'], 'healthCheckTimeoutMs' | 'readyCheckTimeoutMs'>;
  /** Undefined until the API is put together. */
  readonly registry: () => Registry | undefined;
  readonly hooks: readonly HealthCheck[];
  readonly log: () => void;
}

/** The checks that kube-apiserver has, under its names and in its order, as far as there is something to check. */
export function healthChecks({
  backend,
  etcd,
  registry,
  hooks,
  log,
}: HealthParts): readonly HealthCheck[] {
  const probe = storeProbe(backend);
  const ready = () => probe(etcd.readyCheckTimeoutMs);
  return [
    { name: 'log', check: log },
    { name: 'etcd', check: () => probe(etcd.healthCheckTimeoutMs) },
    { name: 'etcd-readiness', of: ['readyz'], check: ready },
    {
      name: 'informer-sync',
      of: ['readyz'],
      check: async () => {
        const open = registry();
        if (open === undefined) throw new Error('the API is not there yet');
        await open.ready();
      },
    },
    ...hooks,
  ];
}

import type { HealthCheck } from '@keelson/server';
import type { Registry } from '@keelson/generic-registry';
import type { StorageBackend } from '@keelson/storage-backend';

export interface HealthParts {
  readonly backend: StorageBackend;
  /** Undefined until the API is put together. */
  readonly registry: () => Registry | undefined;
  readonly hooks: readonly HealthCheck[];
  readonly log: () => void;
}

/** The checks that kube-apiserver has, under its names and in its order, as far as there is something to check. */
export function healthChecks({
  backend,
  registry,
  hooks,
  log,
}: HealthParts): readonly HealthCheck[] {
  const store = async (): Promise<void> => void (await backend.revision());
  return [
    { name: 'log', check: log },
    { name: 'etcd', check: store },
    { name: 'etcd-readiness', of: ['readyz'], check: store },
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

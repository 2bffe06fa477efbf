import type { Resource } from '@keelson/generic-registry';
import type { Service } from '@keelson/kubernetes-api/core/v1';
import { createAllocators, type AllocationSettings } from './allocation/allocators.ts';
import { serviceHooks } from './allocation/service-hooks.ts';
import { defaultService } from './defaults.ts';
import { serviceStatusStrategy, serviceStrategy } from './strategy/service-strategy.ts';
import { serviceTable } from './table.ts';

export type { AllocationSettings };
export { repairServiceAllocations } from './allocation/repair.ts';
export type { Repair, RepairOptions } from './allocation/repair.ts';

/** The complete resource; its proxy comes with the streams. Behaviour: k8s.io/kubernetes pkg/registry/core/service, v1.37. */
export function services(settings: AllocationSettings): Resource<Service> {
  return {
    kind: 'Service',
    typeId: 'core/v1.Service',
    plural: 'services',
    shortNames: ['svc'],
    categories: ['all'],
    storagePrefix: 'services/specs',
    strategy: serviceStrategy,
    default: defaultService,
    table: serviceTable,
    selectableFields: {
      names: ['spec.clusterIP', 'spec.type'],
      of: ({ spec }) => ({ 'spec.clusterIP': spec.clusterIP ?? '', 'spec.type': spec.type ?? '' }),
    },
    hooks: (environment) => serviceHooks(createAllocators(settings, environment)),
    subresources: (store) => ({ status: store.withStrategy(serviceStatusStrategy) }),
  };
}

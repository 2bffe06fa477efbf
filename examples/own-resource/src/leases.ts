import { fieldPath, invalid, type FieldError } from '@keelson/api-machinery';
import type { ApiGroup, Resource } from '@keelson/generic-registry';
import type { Lease } from '@keelson/kubernetes-api/coordination/v1';

/** A lease takes time, and is passed on by nobody who never had it. */
function validateLease({ spec }: Lease): FieldError[] {
  return (['leaseDurationSeconds', 'leaseTransitions'] as const).flatMap((field) => {
    const value = spec[field];
    return value !== undefined && value < 0
      ? [invalid(fieldPath('spec', field), value, 'must be greater than or equal to 0')]
      : [];
  });
}

/** A resource that the server does not bring along, with a column of its own. */
export const leases: Resource<Lease> = {
  kind: 'Lease',
  typeId: 'coordination/v1.Lease',
  plural: 'leases',
  strategy: { namespaced: true, allowCreateOnUpdate: true, validate: validateLease },
  table: {
    columns: [
      { name: 'Name', type: 'string', format: 'name', description: 'Its name.' },
      { name: 'Holder', type: 'string', description: 'Who has it.' },
    ],
    cells: ({ metadata, spec }) => [metadata.name ?? '', spec.holderIdentity ?? ''],
  },
};

/** The group that it is served in. */
export const coordination: ApiGroup = {
  group: 'coordination.k8s.io',
  version: 'v1',
  resources: [leases],
};

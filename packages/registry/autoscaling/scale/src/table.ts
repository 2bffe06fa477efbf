import { ageOf } from '@keelson/api-machinery';
import { ageColumn, nameColumn, type Table } from '@keelson/generic-registry';
import type { Scale } from '@keelson/kubernetes-api/autoscaling/v1';

/** Behaviour: pkg/printers/internalversion printScale, v1.37. */
export const scaleTable: Table<Scale> = {
  columns: [
    { ...nameColumn, format: '' },
    {
      name: 'Desired',
      type: 'integer',
      description: 'replicas is the desired number of instances for the scaled object.',
    },
    {
      name: 'Available',
      type: 'integer',
      description: 'replicas is the actual number of observed instances of the scaled object.',
    },
    ageColumn,
  ],
  cells: ({ metadata, spec, status }, now) => [
    metadata.name ?? '',
    spec.replicas ?? 0,
    status.replicas,
    ageOf(metadata.creationTimestamp, now),
  ],
};

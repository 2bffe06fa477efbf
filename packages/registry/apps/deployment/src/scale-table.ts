import { ageOf } from '@keelson/api-machinery';
import { ageColumn, nameColumn, type Table } from '@keelson/generic-registry';
import { descriptionOf } from '@keelson/kubernetes-api';
import type { Scale } from '@keelson/kubernetes-api/autoscaling/v1';

/** Behaviour: k8s.io/kubernetes printers/internalversion printScale, v1.37. */
export const scaleTable: Table<Scale> = {
  columns: [
    { name: 'Name', type: 'string', description: nameColumn.description },
    {
      name: 'Desired',
      type: 'integer',
      description: descriptionOf('autoscaling/v1.ScaleSpec', 'replicas'),
    },
    {
      name: 'Available',
      type: 'integer',
      description: descriptionOf('autoscaling/v1.ScaleStatus', 'replicas'),
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

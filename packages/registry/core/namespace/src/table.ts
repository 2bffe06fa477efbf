import { ageOf } from '@keelson/api-machinery';
import { ageColumn, nameColumn, type Table } from '@keelson/generic-registry';
import type { Namespace } from '@keelson/kubernetes-api/core/v1';

export const namespaceTable: Table<Namespace> = {
  columns: [
    nameColumn,
    { name: 'Status', type: 'string', description: 'The status of the namespace' },
    ageColumn,
  ],
  cells: ({ metadata, status }, now) => [
    metadata.name ?? '',
    status.phase ?? '',
    ageOf(metadata.creationTimestamp, now),
  ],
};

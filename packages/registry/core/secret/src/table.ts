import { ageOf } from '@keelson/api-machinery';
import { ageColumn, nameColumn, type Table } from '@keelson/generic-registry';
import { descriptionOf } from '@keelson/kubernetes-api';
import type { Secret } from '@keelson/kubernetes-api/core/v1';

export const secretTable: Table<Secret> = {
  columns: [
    nameColumn,
    { name: 'Type', type: 'string', description: descriptionOf('core/v1.Secret', 'type') },
    { name: 'Data', type: 'string', description: descriptionOf('core/v1.Secret', 'data') },
    ageColumn,
  ],
  cells: ({ metadata, type = '', data = {} }, now) => [
    metadata.name ?? '',
    type,
    Object.keys(data).length,
    ageOf(metadata.creationTimestamp, now),
  ],
};

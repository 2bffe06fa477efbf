import { ageOf } from '@keelson/api-machinery';
import { ageColumn, nameColumn, type Table } from '@keelson/generic-registry';
import { descriptionOf } from '@keelson/kubernetes-api';
import type { ConfigMap } from '@keelson/kubernetes-api/core/v1';

export const configMapTable: Table<ConfigMap> = {
  columns: [
    nameColumn,
    { name: 'Data', type: 'string', description: descriptionOf('core/v1.ConfigMap', 'data') },
    ageColumn,
  ],
  cells: ({ metadata, data = {}, binaryData = {} }, now) => [
    metadata.name ?? '',
    Object.keys(data).length + Object.keys(binaryData).length,
    ageOf(metadata.creationTimestamp, now),
  ],
};

import { formatTime, type KubernetesObject } from '@keelson/api-machinery';
import { descriptionOf } from '@keelson/kubernetes-api';
import type { TableColumn } from '@keelson/rest-interfaces';
import type { Table } from './resource.ts';

/** The first column of every table. */
export const nameColumn: TableColumn = {
  name: 'Name',
  type: 'string',
  format: 'name',
  description: descriptionOf('meta/v1.ObjectMeta', 'name'),
};

/** How old an object is; the cell is `ageOf(metadata.creationTimestamp, now)`. */
export const ageColumn: TableColumn = {
  name: 'Age',
  type: 'string',
  description: descriptionOf('meta/v1.ObjectMeta', 'creationTimestamp'),
};

/** The columns of a kind that has none of its own. Behaviour: k8s.io/apiserver registry/rest defaultTableConvertor. */
export const defaultTable: Table<KubernetesObject> = {
  columns: [
    nameColumn,
    {
      name: 'Created At',
      type: 'date',
      description: descriptionOf('meta/v1.ObjectMeta', 'creationTimestamp'),
    },
  ],
  cells: ({ metadata }) => [metadata.name ?? '', metadata.creationTimestamp ?? formatTime(0)],
};

import { formatTime, type KubernetesObject } from '@keelson/api-machinery';
import { descriptionOf } from '@keelson/kubernetes-api';
import type { Table } from './resource.ts';

/** The columns of a kind that has none of its own. Behaviour: k8s.io/apiserver registry/rest defaultTableConvertor. */
export const defaultTable: Table<KubernetesObject> = {
  columns: [
    { name: 'Name', type: 'string', format: 'name', description: descriptionOf('meta/v1.ObjectMeta', 'name') },
    { name: 'Created At', type: 'date', description: descriptionOf('meta/v1.ObjectMeta', 'creationTimestamp') },
  ],
  cells: ({ metadata }) => [metadata.name ?? '', metadata.creationTimestamp ?? formatTime(0)],
};

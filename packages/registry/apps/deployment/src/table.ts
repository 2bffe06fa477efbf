import { ageOf, labelSelectorFromObject } from '@keelson/api-machinery';
import { ageColumn, nameColumn, type Table } from '@keelson/generic-registry';
import { descriptionOf } from '@keelson/kubernetes-api';
import type { Deployment } from '@keelson/kubernetes-api/apps/v1';

export const deploymentTable: Table<Deployment> = {
  columns: [
    nameColumn,
    { name: 'Ready', type: 'string', description: 'Number of the pod with ready state' },
    {
      name: 'Up-to-date',
      type: 'string',
      description: descriptionOf('apps/v1.DeploymentStatus', 'updatedReplicas'),
    },
    {
      name: 'Available',
      type: 'string',
      description: descriptionOf('apps/v1.DeploymentStatus', 'availableReplicas'),
    },
    ageColumn,
    {
      name: 'Containers',
      type: 'string',
      priority: 1,
      description: 'Names of each container in the template.',
    },
    {
      name: 'Images',
      type: 'string',
      priority: 1,
      description: 'Images referenced by each container in the template.',
    },
    {
      name: 'Selector',
      type: 'string',
      priority: 1,
      description:
        "Label selector for pods. Existing ReplicaSets whose pods are selected by this will be the ones affected by this deployment. It must match the pod template's labels.",
    },
  ],
  cells: ({ metadata, spec, status }, now) => {
    const containers = spec.template.spec.containers ?? [];
    return [
      metadata.name ?? '',
      `${status.readyReplicas ?? 0}/${spec.replicas ?? 0}`,
      status.updatedReplicas ?? 0,
      status.availableReplicas ?? 0,
      ageOf(metadata.creationTimestamp, now),
      containers.map(({ name }) => name).join(','),
      containers.map(({ image = '' }) => image).join(','),
      labelSelectorFromObject(spec.selector).toString(),
    ];
  },
};

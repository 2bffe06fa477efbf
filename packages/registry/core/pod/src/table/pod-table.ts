import { ageOf } from '@keelson/api-machinery';
import type { Table } from '@keelson/generic-registry';
import { descriptionOf } from '@keelson/kubernetes-api';
import type { Pod } from '@keelson/kubernetes-api/core/v1';
import type { TableRowCondition } from '@keelson/rest-interfaces';
import { podCondition } from '../conditions.ts';
import { podSummary } from './pod-summary.ts';

/** How `kubectl get pods` shows them. Behaviour: printers/internalversion podColumnDefinitions, v1.37. */
export const podTable: Table<Pod> = {
  columns: [
    {
      name: 'Name',
      type: 'string',
      format: 'name',
      description: descriptionOf('meta/v1.ObjectMeta', 'name'),
    },
    {
      name: 'Ready',
      type: 'string',
      description: 'The aggregate readiness state of this pod for accepting traffic.',
    },
    {
      name: 'Status',
      type: 'string',
      description: 'The aggregate status of the containers in this pod.',
    },
    {
      name: 'Restarts',
      type: 'string',
      description:
        'The number of times the containers in this pod have been restarted and when the last container in this pod has restarted.',
    },
    {
      name: 'Age',
      type: 'string',
      description: descriptionOf('meta/v1.ObjectMeta', 'creationTimestamp'),
    },
    {
      name: 'IP',
      type: 'string',
      priority: 1,
      description: descriptionOf('core/v1.PodStatus', 'podIP'),
    },
    {
      name: 'Node',
      type: 'string',
      priority: 1,
      description: descriptionOf('core/v1.PodSpec', 'nodeName'),
    },
    {
      name: 'Nominated Node',
      type: 'string',
      priority: 1,
      description: descriptionOf('core/v1.PodStatus', 'nominatedNodeName'),
    },
    {
      name: 'Readiness Gates',
      type: 'string',
      priority: 1,
      description: descriptionOf('core/v1.PodSpec', 'readinessGates'),
    },
  ],
  cells(pod, now) {
    const { ready, total, reason, restarts } = podSummary(pod);
    const { metadata, spec, status } = pod;
    return [
      metadata.name ?? '',
      `${ready}/${total}`,
      reason,
      restarts.text(now),
      ageOf(metadata.creationTimestamp, now),
      status.podIPs?.[0]?.ip || '<none>',
      spec.nodeName || '<none>',
      status.nominatedNodeName || '<none>',
      readinessGates(pod),
    ];
  },
  conditions: ({ status }) => endings[status.phase ?? ''] ?? [],
};

const completed = { type: 'Completed', status: 'True' } as const;
const endings: Readonly<Record<string, readonly TableRowCondition[]>> = {
  Succeeded: [
    { ...completed, reason: 'Succeeded', message: 'The pod has completed successfully.' },
  ],
  Failed: [{ ...completed, reason: 'Failed', message: 'The pod failed.' }],
};

function readinessGates({ spec, status }: Pod): string {
  const gates = spec.readinessGates ?? [];
  if (gates.length === 0) return '<none>';
  const open = gates.filter(
    ({ conditionType }) => podCondition(status, conditionType)?.status === 'True',
  ).length;
  return `${open}/${gates.length}`;
}

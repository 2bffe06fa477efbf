import { ageOf } from '@keelson/api-machinery';
import { ageColumn, nameColumn, type Table } from '@keelson/generic-registry';
import { descriptionOf } from '@keelson/kubernetes-api';
import type { Node } from '@keelson/kubernetes-api/core/v1';

const rolePrefix = 'node-role.kubernetes.io/';
const addresses = descriptionOf('core/v1.NodeStatus', 'addresses');

export const nodeTable: Table<Node> = {
  columns: [
    nameColumn,
    { name: 'Status', type: 'string', description: 'The status of the node' },
    { name: 'Roles', type: 'string', description: 'The roles of the node' },
    ageColumn,
    {
      name: 'Version',
      type: 'string',
      description: descriptionOf('core/v1.NodeSystemInfo', 'kubeletVersion'),
    },
    { name: 'Internal-IP', type: 'string', priority: 1, description: addresses },
    { name: 'External-IP', type: 'string', priority: 1, description: addresses },
    {
      name: 'OS-Image',
      type: 'string',
      priority: 1,
      description: descriptionOf('core/v1.NodeSystemInfo', 'osImage'),
    },
    {
      name: 'Kernel-Version',
      type: 'string',
      priority: 1,
      description: descriptionOf('core/v1.NodeSystemInfo', 'kernelVersion'),
    },
    {
      name: 'Container-Runtime',
      type: 'string',
      priority: 1,
      description: descriptionOf('core/v1.NodeSystemInfo', 'containerRuntimeVersion'),
    },
  ],
  cells: (node, now) => {
    const { metadata, status } = node;
    const { kubeletVersion, osImage, kernelVersion, containerRuntimeVersion, architecture } =
      status.nodeInfo;
    return [
      metadata.name ?? '',
      statusOf(node),
      rolesOf(node),
      ageOf(metadata.creationTimestamp, now),
      kubeletVersion,
      addressOf(node, 'InternalIP'),
      addressOf(node, 'ExternalIP'),
      osImage || '<unknown>',
      `${kernelVersion || '<unknown>'}${architecture ? ` (${architecture})` : ''}`,
      containerRuntimeVersion || '<unknown>',
    ];
  },
};

function statusOf({ spec, status }: Node): string {
  const ready = (status.conditions ?? []).findLast(({ type }) => type === 'Ready');
  const words = [ready === undefined ? 'Unknown' : ready.status === 'True' ? 'Ready' : 'NotReady'];
  return [...words, ...(spec.unschedulable === true ? ['SchedulingDisabled'] : [])].join(',');
}

function rolesOf({ metadata }: Node): string {
  const roles = Object.entries(metadata.labels ?? {}).map(([key, value]) =>
    key.startsWith(rolePrefix)
      ? key.slice(rolePrefix.length)
      : key === 'kubernetes.io/role'
        ? value
        : '',
  );
  return [...new Set(roles.filter((role) => role !== ''))].sort().join(',') || '<none>';
}

const addressOf = ({ status }: Node, wanted: string): string =>
  (status.addresses ?? []).find(({ type }) => type === wanted)?.address ?? '<none>';

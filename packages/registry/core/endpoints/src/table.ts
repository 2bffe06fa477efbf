import { ageOf } from '@keelson/api-machinery';
import { ageColumn, nameColumn, type Table } from '@keelson/generic-registry';
import { descriptionOf } from '@keelson/kubernetes-api';
import type { Endpoints } from '@keelson/kubernetes-api/core/v1';

/** How many are shown by name. */
const shown = 3;

export const endpointsTable: Table<Endpoints> = {
  columns: [
    nameColumn,
    {
      name: 'Endpoints',
      type: 'string',
      description: descriptionOf('core/v1.Endpoints', 'subsets'),
    },
    ageColumn,
  ],
  cells: (object, now) => [
    object.metadata.name ?? '',
    summary(object),
    ageOf(object.metadata.creationTimestamp, now),
  ],
};

function summary({ subsets = [] }: Endpoints): string {
  if (subsets.length === 0) return '<none>';
  const all = subsets.flatMap(({ addresses = [], ports = [] }) =>
    ports.length === 0
      ? addresses.map(({ ip }) => ip)
      : ports.flatMap(({ port }) =>
          addresses.map(({ ip }) => `${ip.includes(':') ? `[${ip}]` : ip}:${port}`),
        ),
  );
  const text = all.slice(0, shown).join(',');
  return all.length > shown ? `${text} + ${all.length - shown} more...` : text;
}

import { ageOf } from '@keelson/api-machinery';
import type { Table } from '@keelson/generic-registry';
import { nameColumn } from '@keelson/generic-registry';
import { descriptionOf } from '@keelson/kubernetes-api';
import type { Event } from '@keelson/kubernetes-api/core/v1';

const described = (field: string): string => descriptionOf('core/v1.Event', field);

export const eventTable: Table<Event> = {
  columns: [
    { name: 'Last Seen', type: 'string', description: described('lastTimestamp') },
    { name: 'Type', type: 'string', description: described('type') },
    { name: 'Reason', type: 'string', description: described('reason') },
    { name: 'Object', type: 'string', description: 'The object that this event is about.' },
    {
      name: 'Subobject',
      type: 'string',
      priority: 1,
      description: descriptionOf('core/v1.ObjectReference', 'fieldPath'),
    },
    {
      name: 'Source',
      type: 'string',
      priority: 1,
      description:
        'The component reporting this event. Should be a short machine understandable string.',
    },
    { name: 'Message', type: 'string', description: described('message') },
    { name: 'First Seen', type: 'string', priority: 1, description: described('firstTimestamp') },
    { name: 'Count', type: 'string', priority: 1, description: described('count') },
    { ...nameColumn, priority: 1 },
  ],
  cells: (event, now) => {
    const { involvedObject, series } = event;
    const first = ageOf(event.firstTimestamp ?? event.eventTime, now);
    const last =
      series !== undefined
        ? ageOf(series.lastObservedTime, now)
        : event.lastTimestamp
          ? ageOf(event.lastTimestamp, now)
          : first;
    const kind = (involvedObject.kind ?? '').toLowerCase();
    return [
      last,
      event.type ?? '',
      event.reason ?? '',
      involvedObject.name ? `${kind}/${involvedObject.name}` : kind,
      involvedObject.fieldPath ?? '',
      sourceOf(event),
      (event.message ?? '').trim(),
      first,
      series?.count ?? (event.count || 1),
      event.metadata.name ?? '',
    ];
  },
};

function sourceOf({ source, reportingComponent, reportingInstance }: Event): string {
  const component = source.component || reportingComponent;
  const instance = source.host || reportingInstance;
  return instance === '' ? component : `${component}, ${instance}`;
}

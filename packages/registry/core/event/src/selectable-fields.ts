import type { Resource } from '@keelson/generic-registry';
import type { Event } from '@keelson/kubernetes-api/core/v1';

const involved = [
  'kind',
  'namespace',
  'name',
  'uid',
  'apiVersion',
  'resourceVersion',
  'fieldPath',
] as const;

/** What clients look events up by. Behaviour: registry/core/event ToSelectableFields. */
export const selectableFields: NonNullable<Resource<Event>['selectableFields']> = {
  names: [
    ...involved.map((name) => `involvedObject.${name}`),
    'reason',
    'reportingComponent',
    'source',
    'type',
  ],
  of: ({ involvedObject, reason = '', reportingComponent, source, type = '' }) => ({
    ...Object.fromEntries(
      involved.map((name) => [`involvedObject.${name}`, involvedObject[name] ?? '']),
    ),
    reason,
    reportingComponent,
    source: source.component || reportingComponent,
    type,
  }),
};

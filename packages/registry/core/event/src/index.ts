import { nameIsPathSegment } from '@keelson/api-machinery';
import type { Resource } from '@keelson/generic-registry';
import type { Event } from '@keelson/kubernetes-api/core/v1';
import { selectableFields } from './selectable-fields.ts';
import { eventTable } from './table.ts';
import { validateEvent } from './validation.ts';

/** The complete resource; `ttlSeconds` is how long events are kept. Behaviour: k8s.io/kubernetes pkg/registry/core/event, v1.37. */
export function events(ttlSeconds: number): Resource<Event> {
  return {
    kind: 'Event',
    typeId: 'core/v1.Event',
    plural: 'events',
    shortNames: ['ev'],
    ttlSeconds,
    watchCache: false,
    strategy: {
      namespaced: true,
      ignoresMetadata: true,
      validateName: nameIsPathSegment,
      allowCreateOnUpdate: true,
      defaultDeletion: 'unsupported',
      validate: validateEvent,
      validateUpdate: validateEvent,
    },
    table: eventTable,
    selectableFields,
  };
}

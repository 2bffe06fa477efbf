// Made by packages/kubernetes-api/scripts/generate.mjs from Kubernetes v1.37.2. Do not edit.
import type { ListMeta, ObjectMeta } from '@keelson/api-machinery';
import type * as coreV1 from '../core/v1.ts';

export interface Event {
  kind?: 'Event';
  apiVersion?: 'events.k8s.io/v1';
  metadata: ObjectMeta;
  eventTime: string;
  series?: EventSeries;
  reportingController?: string;
  reportingInstance?: string;
  action?: string;
  reason?: string;
  regarding: coreV1.ObjectReference;
  related?: coreV1.ObjectReference;
  note?: string;
  type?: string;
  deprecatedSource: coreV1.EventSource;
  deprecatedFirstTimestamp?: string | null;
  deprecatedLastTimestamp?: string | null;
  deprecatedCount?: number;
}

export interface EventList {
  kind?: 'EventList';
  apiVersion?: 'events.k8s.io/v1';
  metadata: ListMeta;
  items: Event[] | null;
}

export interface EventSeries {
  count: number;
  lastObservedTime: string;
}

// Made by packages/kubernetes-api/scripts/generate.mjs from Kubernetes v1.37.2. Do not edit.
import type { ListMeta, ObjectMeta, Quantity } from '@keelson/api-machinery';
import type * as coreV1 from '../core/v1.ts';

export interface Overhead {
  podFixed?: Record<string, Quantity>;
}

export interface RuntimeClass {
  kind?: 'RuntimeClass';
  apiVersion?: 'node.k8s.io/v1';
  metadata: ObjectMeta;
  handler: string;
  overhead?: Overhead;
  scheduling?: Scheduling;
}

export interface RuntimeClassList {
  kind?: 'RuntimeClassList';
  apiVersion?: 'node.k8s.io/v1';
  metadata: ListMeta;
  items: RuntimeClass[] | null;
}

export interface Scheduling {
  nodeSelector?: Record<string, string>;
  tolerations?: coreV1.Toleration[];
}

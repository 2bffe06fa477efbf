// Made by packages/kubernetes-api/scripts/generate.mjs from Kubernetes v1.37.2. Do not edit.
import type { ListMeta, ObjectMeta } from '@keelson/api-machinery';

export interface PriorityClass {
  kind?: 'PriorityClass';
  apiVersion?: 'scheduling.k8s.io/v1';
  metadata: ObjectMeta;
  value: number;
  globalDefault?: boolean;
  description?: string;
  preemptionPolicy?: string;
}

export interface PriorityClassList {
  kind?: 'PriorityClassList';
  apiVersion?: 'scheduling.k8s.io/v1';
  metadata: ListMeta;
  items: PriorityClass[] | null;
}

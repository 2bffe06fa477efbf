// Made by packages/kubernetes-api/scripts/generate.mjs from Kubernetes v1.37.2. Do not edit.
import type { ListMeta, ObjectMeta } from '@keelson/api-machinery';

export interface Lease {
  kind?: 'Lease';
  apiVersion?: 'coordination.k8s.io/v1';
  metadata: ObjectMeta;
  spec: LeaseSpec;
}

export interface LeaseList {
  kind?: 'LeaseList';
  apiVersion?: 'coordination.k8s.io/v1';
  metadata: ListMeta;
  items: Lease[] | null;
}

export interface LeaseSpec {
  holderIdentity?: string;
  leaseDurationSeconds?: number;
  acquireTime?: string;
  renewTime?: string;
  leaseTransitions?: number;
  strategy?: string;
  preferredHolder?: string;
}

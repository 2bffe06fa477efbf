// Made by packages/kubernetes-api/scripts/generate.mjs from Kubernetes v1.37.2. Do not edit.
import type { Condition, GroupResource, ListMeta, ObjectMeta } from '@keelson/api-machinery';

export interface StorageVersionMigration {
  kind?: 'StorageVersionMigration';
  apiVersion?: 'storagemigration.k8s.io/v1';
  metadata: ObjectMeta;
  spec: StorageVersionMigrationSpec;
  status: StorageVersionMigrationStatus;
}

export interface StorageVersionMigrationList {
  kind?: 'StorageVersionMigrationList';
  apiVersion?: 'storagemigration.k8s.io/v1';
  metadata: ListMeta;
  items: StorageVersionMigration[] | null;
}

export interface StorageVersionMigrationSpec {
  resource: GroupResource;
}

export interface StorageVersionMigrationStatus {
  conditions?: Condition[];
  resourceVersion?: string;
}

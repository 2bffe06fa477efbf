// Made by packages/kubernetes-api/scripts/generate.mjs from Kubernetes v1.37.2. Do not edit.
import type { Int64, LabelSelector, ListMeta, ObjectMeta, Quantity } from '@keelson/api-machinery';
import type * as coreV1 from '../core/v1.ts';

export interface CSIDriver {
  kind?: 'CSIDriver';
  apiVersion?: 'storage.k8s.io/v1';
  metadata: ObjectMeta;
  spec: CSIDriverSpec;
}

export interface CSIDriverList {
  kind?: 'CSIDriverList';
  apiVersion?: 'storage.k8s.io/v1';
  metadata: ListMeta;
  items: CSIDriver[] | null;
}

export interface CSIDriverSpec {
  attachRequired?: boolean;
  podInfoOnMount?: boolean;
  volumeLifecycleModes?: string[];
  storageCapacity?: boolean;
  fsGroupPolicy?: string;
  tokenRequests?: TokenRequest[];
  requiresRepublish?: boolean;
  seLinuxMount?: boolean;
  nodeAllocatableUpdatePeriodSeconds?: Int64;
  serviceAccountTokenInSecrets?: boolean;
  preventPodSchedulingIfMissing?: boolean;
}

export interface CSINode {
  kind?: 'CSINode';
  apiVersion?: 'storage.k8s.io/v1';
  metadata: ObjectMeta;
  spec: CSINodeSpec;
  status: CSINodeStatus;
}

export interface CSINodeDriver {
  name: string;
  nodeID: string;
  topologyKeys: string[] | null;
  allocatable?: VolumeNodeResources;
}

export interface CSINodeList {
  kind?: 'CSINodeList';
  apiVersion?: 'storage.k8s.io/v1';
  metadata: ListMeta;
  items: CSINode[] | null;
}

export interface CSINodeSpec {
  drivers: CSINodeDriver[] | null;
}

export interface CSINodeStatus {
  storageHealth?: StorageHealth[];
}

export interface CSIStorageCapacity {
  kind?: 'CSIStorageCapacity';
  apiVersion?: 'storage.k8s.io/v1';
  metadata: ObjectMeta;
  nodeTopology?: LabelSelector;
  storageClassName: string;
  capacity?: Quantity;
  maximumVolumeSize?: Quantity;
}

export interface CSIStorageCapacityList {
  kind?: 'CSIStorageCapacityList';
  apiVersion?: 'storage.k8s.io/v1';
  metadata: ListMeta;
  items: CSIStorageCapacity[] | null;
}

export interface StorageClass {
  kind?: 'StorageClass';
  apiVersion?: 'storage.k8s.io/v1';
  metadata: ObjectMeta;
  provisioner: string;
  parameters?: Record<string, string>;
  reclaimPolicy?: string;
  mountOptions?: string[];
  allowVolumeExpansion?: boolean;
  volumeBindingMode?: string;
  allowedTopologies?: coreV1.TopologySelectorTerm[];
}

export interface StorageClassList {
  kind?: 'StorageClassList';
  apiVersion?: 'storage.k8s.io/v1';
  metadata: ListMeta;
  items: StorageClass[] | null;
}

export interface StorageHealth {
  name: string;
  healthConditions?: StorageHealthCondition[];
}

export interface StorageHealthCondition {
  status: string;
  reason: string;
  message?: string;
  accessMode?: string;
  volumeMode?: string;
  lastTransitionTime?: string | null;
}

export interface TokenRequest {
  audience: string;
  expirationSeconds?: Int64;
}

export interface VolumeAttachment {
  kind?: 'VolumeAttachment';
  apiVersion?: 'storage.k8s.io/v1';
  metadata: ObjectMeta;
  spec: VolumeAttachmentSpec;
  status: VolumeAttachmentStatus;
}

export interface VolumeAttachmentList {
  kind?: 'VolumeAttachmentList';
  apiVersion?: 'storage.k8s.io/v1';
  metadata: ListMeta;
  items: VolumeAttachment[] | null;
}

export interface VolumeAttachmentSource {
  persistentVolumeName?: string;
  inlineVolumeSpec?: coreV1.PersistentVolumeSpec;
}

export interface VolumeAttachmentSpec {
  attacher: string;
  source: VolumeAttachmentSource;
  nodeName: string;
}

export interface VolumeAttachmentStatus {
  attached: boolean;
  attachmentMetadata?: Record<string, string>;
  attachError?: VolumeError;
  detachError?: VolumeError;
}

export interface VolumeAttributesClass {
  kind?: 'VolumeAttributesClass';
  apiVersion?: 'storage.k8s.io/v1';
  metadata: ObjectMeta;
  driverName: string;
  parameters?: Record<string, string>;
}

export interface VolumeAttributesClassList {
  kind?: 'VolumeAttributesClassList';
  apiVersion?: 'storage.k8s.io/v1';
  metadata: ListMeta;
  items: VolumeAttributesClass[] | null;
}

export interface VolumeError {
  time?: string | null;
  message?: string;
  errorCode?: number;
}

export interface VolumeNodeResources {
  count?: number;
}

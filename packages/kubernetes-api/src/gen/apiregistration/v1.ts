// Made by packages/kubernetes-api/scripts/generate.mjs from Kubernetes v1.37.2. Do not edit.
import type { ListMeta, ObjectMeta } from '@keelson/api-machinery';

export interface APIService {
  kind?: 'APIService';
  apiVersion?: 'apiregistration.k8s.io/v1';
  metadata: ObjectMeta;
  spec: APIServiceSpec;
  status: APIServiceStatus;
}

export interface APIServiceCondition {
  type: string;
  status: string;
  lastTransitionTime?: string | null;
  reason?: string;
  message?: string;
}

export interface APIServiceList {
  kind?: 'APIServiceList';
  apiVersion?: 'apiregistration.k8s.io/v1';
  metadata: ListMeta;
  items: APIService[] | null;
}

export interface APIServiceSpec {
  service?: ServiceReference;
  group?: string;
  version?: string;
  insecureSkipTLSVerify?: boolean;
  caBundle?: string;
  groupPriorityMinimum: number;
  versionPriority: number;
}

export interface APIServiceStatus {
  conditions?: APIServiceCondition[];
}

export interface ServiceReference {
  namespace?: string;
  name?: string;
  port?: number;
}

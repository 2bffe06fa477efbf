// Made by packages/kubernetes-api/scripts/generate.mjs from Kubernetes v1.37.2. Do not edit.
import type { LabelSelector, ListMeta, ObjectMeta } from '@keelson/api-machinery';

export interface AggregationRule {
  clusterRoleSelectors?: LabelSelector[];
}

export interface ClusterRole {
  kind?: 'ClusterRole';
  apiVersion?: 'rbac.authorization.k8s.io/v1';
  metadata: ObjectMeta;
  rules: PolicyRule[] | null;
  aggregationRule?: AggregationRule;
}

export interface ClusterRoleBinding {
  kind?: 'ClusterRoleBinding';
  apiVersion?: 'rbac.authorization.k8s.io/v1';
  metadata: ObjectMeta;
  subjects?: Subject[];
  roleRef: RoleRef;
}

export interface ClusterRoleBindingList {
  kind?: 'ClusterRoleBindingList';
  apiVersion?: 'rbac.authorization.k8s.io/v1';
  metadata: ListMeta;
  items: ClusterRoleBinding[] | null;
}

export interface ClusterRoleList {
  kind?: 'ClusterRoleList';
  apiVersion?: 'rbac.authorization.k8s.io/v1';
  metadata: ListMeta;
  items: ClusterRole[] | null;
}

export interface PolicyRule {
  verbs: string[] | null;
  apiGroups?: string[];
  resources?: string[];
  resourceNames?: string[];
  nonResourceURLs?: string[];
}

export interface Role {
  kind?: 'Role';
  apiVersion?: 'rbac.authorization.k8s.io/v1';
  metadata: ObjectMeta;
  rules: PolicyRule[] | null;
}

export interface RoleBinding {
  kind?: 'RoleBinding';
  apiVersion?: 'rbac.authorization.k8s.io/v1';
  metadata: ObjectMeta;
  subjects?: Subject[];
  roleRef: RoleRef;
}

export interface RoleBindingList {
  kind?: 'RoleBindingList';
  apiVersion?: 'rbac.authorization.k8s.io/v1';
  metadata: ListMeta;
  items: RoleBinding[] | null;
}

export interface RoleList {
  kind?: 'RoleList';
  apiVersion?: 'rbac.authorization.k8s.io/v1';
  metadata: ListMeta;
  items: Role[] | null;
}

export interface RoleRef {
  apiGroup: string;
  kind: string;
  name: string;
}

export interface Subject {
  kind: string;
  apiGroup?: string;
  name: string;
  namespace?: string;
}

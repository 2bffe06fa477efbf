// Made by packages/kubernetes-api/scripts/generate.mjs from Kubernetes v1.37.2. Do not edit.
import type { Condition, DeleteOptions, Int64, IntOrString, LabelSelector, ListMeta, ObjectMeta } from '@keelson/api-machinery';

export interface Eviction {
  kind?: 'Eviction';
  apiVersion?: 'policy/v1';
  metadata: ObjectMeta;
  deleteOptions?: DeleteOptions;
}

export interface PodDisruptionBudget {
  kind?: 'PodDisruptionBudget';
  apiVersion?: 'policy/v1';
  metadata: ObjectMeta;
  spec: PodDisruptionBudgetSpec;
  status: PodDisruptionBudgetStatus;
}

export interface PodDisruptionBudgetList {
  kind?: 'PodDisruptionBudgetList';
  apiVersion?: 'policy/v1';
  metadata: ListMeta;
  items: PodDisruptionBudget[] | null;
}

export interface PodDisruptionBudgetSpec {
  minAvailable?: IntOrString;
  selector?: LabelSelector;
  maxUnavailable?: IntOrString;
  unhealthyPodEvictionPolicy?: string;
}

export interface PodDisruptionBudgetStatus {
  observedGeneration?: Int64;
  disruptedPods?: Record<string, string>;
  disruptionsAllowed: number;
  currentHealthy: number;
  desiredHealthy: number;
  expectedPods: number;
  conditions?: Condition[];
}

import { addInt64, ageOf, nameIsPathSegment } from '@keelson/api-machinery';
import {
  ageColumn,
  nameColumn,
  type Resource,
  type Strategy,
  type Table,
} from '@keelson/generic-registry';
import { sameAs } from '@keelson/kubernetes-api';
import type { PodDisruptionBudget } from '@keelson/kubernetes-api/policy/v1';
import { validateBudget, validateBudgetUpdate, validateStatusUpdate } from './validation.ts';

const strategy: Strategy<PodDisruptionBudget> = {
  namespaced: true,
  ignoresMetadata: true,
  // Names were never looked at closely.
  validateName: nameIsPathSegment,
  resetFields: [['status']],
  allowUnconditionalUpdate: false,
  prepareForCreate: (budget) => {
    budget.status = {
      disruptionsAllowed: 0,
      currentHealthy: 0,
      desiredHealthy: 0,
      expectedPods: 0,
    };
    budget.metadata.generation = 1;
  },
  prepareForUpdate: (budget, old) => {
    budget.status = old.status;
    if (!sameAs('policy/v1.PodDisruptionBudgetSpec', budget.spec, old.spec))
      budget.metadata.generation = addInt64(old.metadata.generation ?? 0, 1);
  },
  validate: validateBudget,
  validateUpdate: validateBudgetUpdate,
};

const statusStrategy: Strategy<PodDisruptionBudget> = {
  ...strategy,
  resetFields: [['spec']],
  prepareForUpdate: (budget, old) => {
    budget.spec = old.spec;
  },
  validateUpdate: validateStatusUpdate,
};

const table: Table<PodDisruptionBudget> = {
  columns: [
    nameColumn,
    {
      name: 'Min Available',
      type: 'string',
      description: 'The minimum number of pods that must be available.',
    },
    {
      name: 'Max Unavailable',
      type: 'string',
      description: 'The maximum number of pods that may be unavailable.',
    },
    {
      name: 'Allowed Disruptions',
      type: 'integer',
      description: 'Calculated number of pods that may be disrupted at this time.',
    },
    ageColumn,
  ],
  cells: ({ metadata, spec, status }, now) => [
    metadata.name ?? '',
    String(spec.minAvailable ?? 'N/A'),
    String(spec.maxUnavailable ?? 'N/A'),
    status.disruptionsAllowed,
    ageOf(metadata.creationTimestamp, now),
  ],
};

/** The complete resource. Behaviour: k8s.io/kubernetes pkg/registry/policy/poddisruptionbudget, v1.37. */
export const podDisruptionBudgets: Resource<PodDisruptionBudget> = {
  kind: 'PodDisruptionBudget',
  typeId: 'policy/v1.PodDisruptionBudget',
  plural: 'poddisruptionbudgets',
  shortNames: ['pdb'],
  strategy,
  table,
  subresources: (store) => ({ status: store.withStrategy(statusStrategy) }),
};

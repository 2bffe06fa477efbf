import type { Resource, Strategy } from '@keelson/generic-registry';
import type { Deployment } from '@keelson/kubernetes-api/apps/v1';
import { ScaleStorage } from '@keelson/registry-autoscaling-scale';
import { defaultDeployment } from './defaults.ts';
import { prepareForCreate, prepareForUpdate, prepareStatusForUpdate } from './strategy.ts';
import { deploymentTable } from './table.ts';
import {
  validateDeployment,
  validateDeploymentUpdate,
  validateStatusUpdate,
} from './validation.ts';
import { warningsOnCreate, warningsOnUpdate } from './warnings.ts';

const strategy: Strategy<Deployment> = {
  namespaced: true,
  resetFields: [['status']],
  prepareForCreate,
  prepareForUpdate,
  validate: validateDeployment,
  validateUpdate: validateDeploymentUpdate,
  warningsOnCreate,
  warningsOnUpdate,
};

const statusStrategy: Strategy<Deployment> = {
  namespaced: true,
  resetFields: [['spec'], ['metadata', 'labels']],
  prepareForUpdate: prepareStatusForUpdate,
  validateUpdate: validateStatusUpdate,
};

/** The complete resource. Behaviour: k8s.io/kubernetes pkg/registry/apps/deployment, v1.37. */
export const deployments: Resource<Deployment> = {
  kind: 'Deployment',
  typeId: 'apps/v1.Deployment',
  plural: 'deployments',
  shortNames: ['deploy'],
  categories: ['all'],
  strategy,
  default: defaultDeployment,
  table: deploymentTable,
  subresources: (store) => ({
    status: store.withStrategy(statusStrategy),
    scale: new ScaleStorage(store),
  }),
};

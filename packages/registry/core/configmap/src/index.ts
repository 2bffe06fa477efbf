import type { Resource } from '@keelson/generic-registry';
import type { ConfigMap } from '@keelson/kubernetes-api/core/v1';
import { configMapTable } from './table.ts';
import { validateConfigMap, validateConfigMapUpdate } from './validation.ts';

/** The complete resource. Behaviour: k8s.io/kubernetes pkg/registry/core/configmap, v1.37. */
export const configMaps: Resource<ConfigMap> = {
  kind: 'ConfigMap',
  typeId: 'core/v1.ConfigMap',
  plural: 'configmaps',
  shortNames: ['cm'],
  strategy: {
    namespaced: true,
    validate: validateConfigMap,
    validateUpdate: validateConfigMapUpdate,
  },
  table: configMapTable,
};

import type { ConfigMap } from '@keelson/kubernetes-api/core/v1';
import type { Resource } from '@keelson/generic-registry';

export const configMaps: Resource<ConfigMap> = {
  kind: 'ConfigMap',
  typeId: 'core/v1.ConfigMap',
  plural: 'configmaps',
  shortNames: ['cm'],
  strategy: { namespaced: true },
};

import type { ConfigMap } from '@keelson/kubernetes-api/core/v1';
import type { Resource } from './resource.ts';
import { describeResourceContract } from './testing/index.ts';

/** A kind that says nothing of itself is held to what all kinds promise. */
const plain: Resource<ConfigMap> = {
  kind: 'ConfigMap',
  typeId: 'core/v1.ConfigMap',
  plural: 'plainthings',
  strategy: { namespaced: true },
};

describeResourceContract(plain, { valid: () => ({ metadata: { name: 'one' } }) });

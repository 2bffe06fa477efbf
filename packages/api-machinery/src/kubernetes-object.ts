import type { ObjectMeta } from './gen/meta-v1.ts';

/** What every stored API object has. The fields that Go always writes are there in every decoded object. */
export interface KubernetesObject {
  kind?: string;
  apiVersion?: string;
  metadata: ObjectMeta;
}

import { groupVersionText, type KubernetesObject } from '@keelson/api-machinery';
import { schemaOf } from '@keelson/kubernetes-api';
import type { Storage } from '@keelson/rest-interfaces';
import { normalize } from '@keelson/serialization';

/** An object as a storage gets it: decoded from a request's body, and defaulted. */
export function decoded<T extends KubernetesObject>(storage: Storage<T>, body: unknown): T {
  const object = normalize(body, schemaOf(storage.typeId)) as T;
  const { kind } = storage.kind;
  Object.assign(object, { kind, apiVersion: groupVersionText(storage.kind) });
  storage.default?.(object);
  return object;
}

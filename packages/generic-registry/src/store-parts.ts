import type {
  Clock,
  GroupResource,
  GroupVersionKind,
  KubernetesObject,
} from '@keelson/api-machinery';
import type { ObjectStorage } from '@keelson/storage';
import type { Keys } from './keys.ts';
import type { Resource, WriteHooks } from './resource.ts';
import type { Strategy } from './strategy.ts';

/** What the verbs of one store work with. */
export interface StoreParts<T extends KubernetesObject> {
  readonly resource: Resource<T>;
  readonly strategy: Strategy<T>;
  readonly kind: GroupVersionKind;
  readonly groupResource: GroupResource;
  readonly storage: ObjectStorage<T>;
  readonly keys: Keys;
  readonly clock: Clock;
  readonly hooks: WriteHooks<T>;
  /** The object's JSON, `metadata.resourceVersion` as the object has it. */
  readonly encode: (object: T) => Uint8Array;
  /** The object that `encode` wrote. */
  readonly parse: (json: Uint8Array) => T;
}

/** A copy of a stored object that its owner may change. */
export const copyOf = <T extends KubernetesObject>(
  { parse }: StoreParts<T>,
  { json }: { readonly json: Uint8Array },
): T => parse(json);

/** The object's JSON as it is stored: its revision is the backend's, not part of the value, and a self link is nobody's. */
export function encodeForStorage<T extends KubernetesObject>(
  parts: StoreParts<T>,
  object: T,
): Uint8Array {
  const { resourceVersion } = object.metadata;
  delete object.metadata.resourceVersion;
  delete object.metadata.selfLink;
  try {
    return parts.encode(object);
  } finally {
    if (resourceVersion !== undefined) object.metadata.resourceVersion = resourceVersion;
  }
}

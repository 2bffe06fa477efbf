import { groupVersionText, type GroupVersionKind } from '@keelson/api-machinery';
import type { TypeSchema } from '@keelson/kubernetes-api';
import { encodeStoredJson, parseProtobuf } from '@keelson/serialization';

interface Stored {
  readonly kind?: string;
  readonly apiVersion?: string;
  readonly metadata?: { resourceVersion?: string };
}

/** What kube-apiserver stored as protobuf, as JSON; the same bytes when they are none. Throws for an object of another kind or version. */
export function jsonOfProtobuf(
  bytes: Uint8Array,
  schema: TypeSchema,
  kind: GroupVersionKind,
): Uint8Array {
  if (!prefix.every((byte, index) => bytes[index] === byte)) return bytes;
  const object: Stored = parseProtobuf(bytes, schema);
  const apiVersion = groupVersionText(kind);
  if (object.kind !== kind.kind || object.apiVersion !== apiVersion)
    throw new Error(
      `it is a ${object.kind} of ${object.apiVersion}, and not a ${kind.kind} of ${apiVersion}`,
    );
  delete object.metadata?.resourceVersion;
  return encodeStoredJson(object, schema);
}

/** `k8s` and a zero. */
const prefix = [0x6b, 0x38, 0x73, 0];

import {
  badRequestError,
  type GroupVersionKind,
  type JsonValue,
  type KubernetesObject,
} from '@keelson/api-machinery';
import type { TypeSchema } from '@keelson/kubernetes-api';
import { decodeDocument, documentOfValue, type Decoded } from '../decode.ts';
import { unrecognized } from '../recognize.ts';
import { CborError, CborReader } from './cbor-reader.ts';

/**
 * As `decodeJson`, from CBOR. Throws 400.
 * Behaviour: k8s.io/apimachinery runtime/serializer/cbor, v1.37.
 */
export function decodeCbor<T extends KubernetesObject>(
  bytes: Uint8Array,
  schema: TypeSchema,
  kind: GroupVersionKind,
  alsoAccepts: readonly GroupVersionKind[] = [],
): Decoded<T> {
  const value = read(bytes, (why) => unrecognized(kind, why, bytes));
  return decodeDocument(documentOfValue(value), { schema, kind, alsoAccepts }, bytes);
}

/** The JSON value that CBOR stands for. Throws 400. */
export const parseCbor = (bytes: Uint8Array): JsonValue => read(bytes, badRequestError);

function read(bytes: Uint8Array, refuse: (why: string) => Error): JsonValue {
  try {
    return new CborReader(bytes).document();
  } catch (error) {
    if (error instanceof CborError) throw refuse(error.message);
    throw error;
  }
}

import { bytesOf } from './bytes.ts';
import type { TypeSchema } from '@keelson/kubernetes-api';
import { writerOf } from './json-writer.ts';

/** An object as JSON in Go's field order, without a newline. `object` must be of the schema's type; what the schema does not know is left out. What its managed fields say may not change afterwards. */
export function encodeJson(object: unknown, schema: TypeSchema): Uint8Array {
  return bytesOf(writerOf(schema, 'exact')(object));
}

/**
 * As `encodeJson`, but as kube-apiserver would read the object from its store, which keeps protobuf: a list or a map that is empty is
 * none, and is written as null where Go must write it. The object itself loses it, too.
 */
export function encodeStoredJson(object: unknown, schema: TypeSchema): Uint8Array {
  return bytesOf(writerOf(schema, 'stored')(object));
}

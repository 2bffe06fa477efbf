import type { TypeSchema } from '@keelson/kubernetes-api';
import { writerOf } from './json-writer.ts';

/** An object as JSON in Go's field order, without a newline. `object` must be of the schema's type; what the schema does not know is left out. */
export function encodeJson(object: unknown, schema: TypeSchema): Uint8Array {
  return Buffer.from(writerOf(schema)(object));
}

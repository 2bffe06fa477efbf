import type { TypeSchema } from '@keelson/kubernetes-api';
import { CborWriter, majors, selfDescribed } from './cbor-writer.ts';
import { objectWriterOf } from './object-writer.ts';
import { writeValue } from './value-writer.ts';

// Writing is never interrupted, so one writer will do.
const shared = new CborWriter(64 * 1024);

/** An object as CBOR, as kube-apiserver writes it. `object` must be of the schema's type; what the schema does not know is left out. */
export function encodeCbor(object: object, schema: TypeSchema): Uint8Array {
  return document((writer) => objectWriterOf(schema)(writer, object));
}

/** Any JSON value as CBOR. */
export function encodeCborValue(value: unknown): Uint8Array {
  return document((writer) => writeValue(writer, value));
}

/** One event of a CBOR watch, from the object's document: documents follow each other in `application/cbor-seq`. */
export function cborWatchFrame(type: string, object: Uint8Array): Uint8Array {
  return document((writer) => {
    writer.bytes(object);
    writer.string('object');
    writer.string(type);
    writer.string('type');
    writer.head(majors.map, 2);
  });
}

function document(write: (writer: CborWriter) => void): Uint8Array {
  shared.clear();
  write(shared);
  shared.bytes(selfDescribed);
  return shared.take();
}

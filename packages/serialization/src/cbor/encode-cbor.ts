import type { TypeSchema } from '@keelson/kubernetes-api';
import { schemaOf } from '@keelson/kubernetes-api/schemas';
import type { ListHead } from '../list-frames.ts';
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

/** An object as it stands in a list: without its kind and apiVersion, which the list says. */
export function encodeCborItem(object: object, schema: TypeSchema): Uint8Array {
  return written((writer) => objectWriterOf(schema)(writer, { ...object, ...noKind }));
}

const noKind = { kind: '', apiVersion: '' };

/** How many bytes say that a document is CBOR, which parts of one do not repeat. */
export const cborMarkLength = selfDescribed.length;

/** What stands before the first of a list's items, and behind the last. `count`: how many there are; undefined for a list that is null. */
export function cborListFrame(
  { kind, apiVersion }: Pick<ListHead, 'kind' | 'apiVersion'>,
  metadata: object,
  count: number | undefined,
): { readonly head: Uint8Array; readonly tail: Uint8Array } {
  const tail = written((writer) => {
    writer.string(apiVersion);
    writer.string('apiVersion');
    objectWriterOf(schemaOf('meta/v1.ListMeta'))(writer, metadata);
    writer.string('metadata');
  });
  const head = document((writer) => {
    if (count === undefined) writer.null();
    else writer.head(majors.list, count);
    writer.string('items');
    writer.string(kind);
    writer.string('kind');
    writer.head(majors.map, 4);
  });
  return { head, tail };
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

const document = (write: (writer: CborWriter) => void): Uint8Array =>
  written((writer) => {
    write(writer);
    writer.bytes(selfDescribed);
  });

function written(write: (writer: CborWriter) => void): Uint8Array {
  shared.clear();
  write(shared);
  return shared.take();
}

import type { TypeSchema } from '@keelson/kubernetes-api';
import { schemaOf } from '@keelson/kubernetes-api/schemas';
import { joined } from '../joined.ts';
import { envelopeHead, envelopeOf, envelopeTail, type EnvelopeKind } from './envelope.ts';
import { messageWriterOf } from './message-writer.ts';
import { WireWriter } from './wire-writer.ts';

// Writing is never interrupted, so one writer will do.
const shared = new WireWriter(64 * 1024);

/**
 * An object's protobuf message, without the envelope that says its kind. `object` must be of the schema's type; what the schema does not
 * know, and kind and apiVersion, are left out.
 */
export function encodeMessage(object: object, schema: TypeSchema): Uint8Array {
  // What could not be written the last time may have left its beginning.
  shared.clear();
  messageWriterOf(schema)(shared, object);
  return shared.take();
}

/** An object as Kubernetes' protobuf: its message in an envelope that says what it is. */
export function encodeProtobuf(
  object: object,
  schema: TypeSchema,
  kind: EnvelopeKind = kindOf(object, schema),
): Uint8Array {
  return envelopeOf(kind, encodeMessage(object, schema));
}

/** What an object says of itself, if it is of a type that says it. */
function kindOf(object: object, { fields }: TypeSchema): EnvelopeKind {
  const isKind = fields.some(({ name, proto }) => name === 'apiVersion' && proto === undefined);
  const { kind = '', apiVersion = '' }: Partial<EnvelopeKind> = isKind ? object : {};
  return { kind, apiVersion };
}

/** What stands before the first of a list's items, and behind the last: the same bytes that `encodeProtobuf` makes of the list. */
export function protobufListFrame(
  kind: EnvelopeKind,
  metadata: object,
  items: readonly Uint8Array[],
): { readonly head: Uint8Array; readonly tail: Uint8Array } {
  shared.bytes(encodeMessage(metadata, schemaOf('meta/v1.ListMeta')));
  shared.delimit(1, 0);
  const first = shared.take();
  const length = items.reduce((sum, item) => sum + item.length, first.length);
  return { head: joined([envelopeHead(kind, length), first]), tail: envelopeTail };
}

/** One event of a protobuf watch: its length, then the event's message around the object's document. */
export function protobufWatchFrame(type: string, document: Uint8Array): Uint8Array {
  shared.bytes(document);
  shared.delimit(1, 0);
  shared.delimit(2, 0);
  shared.textField(1, type);
  const length = shared.size;
  shared.bytes([length >>> 24, (length >>> 16) & 0xff, (length >>> 8) & 0xff, length & 0xff]);
  return shared.take();
}

import { schemaOf, type TypeSchema } from '@keelson/kubernetes-api';
import { envelopeHead, envelopeOf, envelopeTail, joined, type EnvelopeKind } from './envelope.ts';
import { messageWriterOf } from './message-writer.ts';
import { wireTypes } from './wire.ts';
import { WireWriter } from './wire-writer.ts';

// Writing is never interrupted, so one writer will do.
const shared = new WireWriter(64 * 1024);

/**
 * An object's protobuf message, without the envelope that says its kind. `object` must be of the schema's type; what the schema does not
 * know, and kind and apiVersion, are left out.
 */
export function encodeMessage(object: object, schema: TypeSchema): Uint8Array {
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

/** A list by its parts. */
export interface ProtobufList extends EnvelopeKind {
  readonly metadata: object;
  /** The messages of its items. */
  readonly items: readonly Uint8Array[];
}

/** How much is handed on at a time. */
const chunkSize = 128 * 1024;

/** A list in chunks, so that a list of thousands is never one big buffer: the same bytes that `encodeProtobuf` makes of it. */
export function* protobufListChunks({
  items,
  metadata,
  ...kind
}: ProtobufList): Iterable<Uint8Array> {
  const own = encodeMessage(metadata, schemaOf('meta/v1.ListMeta'));
  shared.bytes(own);
  shared.delimit(1, 0);
  const head = shared.take();
  let length = head.length;
  for (const item of items) length += item.length + 1 + varintLength(item.length);
  let chunk: Uint8Array[] = [envelopeHead(kind, length), head];
  let size = 0;
  for (const item of items) {
    chunk.push(itemHead(item.length), item);
    size += item.length;
    if (size < chunkSize) continue;
    yield joined(chunk);
    [chunk, size] = [[], 0];
  }
  yield joined([...chunk, envelopeTail]);
}

const itemTag = 2 * 8 + wireTypes.bytes;

function itemHead(length: number): Uint8Array {
  const head = new Uint8Array(1 + varintLength(length));
  head[0] = itemTag;
  let at = 1;
  let left = length;
  for (; left >= 0x80; left >>>= 7) head[at++] = (left & 0x7f) | 0x80;
  head[at] = left;
  return head;
}

function varintLength(value: number): number {
  let length = 1;
  for (let left = value >>> 7; left > 0; left >>>= 7) length++;
  return length;
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

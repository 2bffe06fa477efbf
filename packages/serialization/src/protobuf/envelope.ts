import { joined } from '../joined.ts';
import { wireTypes, WireError, WireReader } from './wire.ts';
import { WireWriter } from './wire-writer.ts';

/** What every protobuf body of Kubernetes begins with: `k8s` and a zero. */
const prefix = [0x6b, 0x38, 0x73, 0];

/** Encodings that nobody uses, written empty after the message. */
const trailer = [0x1a, 0, 0x22, 0];

/** runtime.Unknown: what a message is, and the message. */
export interface Envelope {
  readonly apiVersion: string;
  readonly kind: string;
  readonly raw: Uint8Array;
}

/** Opens an envelope. Throws WireError. */
export function openEnvelope(bytes: Uint8Array): Envelope {
  if (bytes.length === 0) throw new WireError('empty data');
  if (!prefix.every((byte, index) => bytes[index] === byte)) {
    throw new WireError(
      `provided data does not appear to be a protobuf message, expected prefix [${prefix.join(' ')}]`,
    );
  }
  if (bytes.length === prefix.length) throw new WireError('empty body');
  const fields = byteFields(bytes.subarray(prefix.length));
  const type = byteFields(fields.get(1) ?? new Uint8Array());
  const text = (field: number): string => utf8.decode(type.get(field));
  return { apiVersion: text(1), kind: text(2), raw: fields.get(2) ?? new Uint8Array() };
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

function byteFields(bytes: Uint8Array): ReadonlyMap<number, Uint8Array> {
  const fields = new Map<number, Uint8Array>();
  const reader = new WireReader(bytes);
  while (reader.at < bytes.length) {
    const tag = reader.tag();
    if ((tag & 7) === wireTypes.bytes) fields.set(tag >>> 3, reader.bytes());
    else reader.skip(tag);
  }
  return fields;
}

/** What an envelope holds a message of. */
export type EnvelopeKind = Pick<Envelope, 'apiVersion' | 'kind'>;

/** What stands before a message of `length` bytes. */
export function envelopeHead({ apiVersion, kind }: EnvelopeKind, length: number): Uint8Array {
  const writer = new WireWriter(128);
  writer.varint(length);
  writer.tag(2, wireTypes.bytes);
  const before = writer.size;
  writer.textField(2, kind);
  writer.textField(1, apiVersion);
  writer.delimit(1, before);
  writer.bytes(prefix);
  return writer.take();
}

/** What stands after it. */
export const envelopeTail: Uint8Array = Uint8Array.from(trailer);

/** A message in its envelope. */
export function envelopeOf(kind: EnvelopeKind, raw: Uint8Array): Uint8Array {
  return joined([envelopeHead(kind, raw.length), raw, envelopeTail]);
}

/**
 * The message in an envelope that `envelopeOf` made, with its tag and length: that is also how it stands in a list, whose items
 * have the same number. It shares the bytes.
 */
export function itemIn(document: Uint8Array): Uint8Array {
  const reader = new WireReader(document);
  reader.at = prefix.length;
  reader.tag();
  reader.bytes();
  return document.subarray(reader.at, document.length - trailer.length);
}

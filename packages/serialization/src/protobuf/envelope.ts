import { joined } from '../joined.ts';
import { eachField } from './each-field.ts';
import { expectWireType, wireTypes, WireError, WireReader } from './wire.ts';
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
  const envelope: { -readonly [Key in keyof Envelope]: Envelope[Key] } = {
    apiVersion: '',
    kind: '',
    raw: new Uint8Array(),
  };
  const reader = new WireReader(bytes.subarray(prefix.length));
  eachField(reader, reader.length, 'Unknown', (tag) => {
    const field = envelopeFields[(tag >>> 3) - 1];
    if (field === undefined) return false;
    expectWireType(tag, wireTypes.bytes, field);
    const end = reader.end();
    if (field === 'TypeMeta') readTypeMeta(reader, end, envelope);
    else if (field === 'Raw') envelope.raw = reader.take(end);
    else reader.at = end;
    return true;
  });
  return envelope;
}

const envelopeFields = ['TypeMeta', 'Raw', 'ContentEncoding', 'ContentType'];
const typeFields = ['APIVersion', 'Kind'];

function readTypeMeta(
  reader: WireReader,
  end: number,
  into: { apiVersion: string; kind: string },
): void {
  eachField(reader, end, 'TypeMeta', (tag) => {
    const field = typeFields[(tag >>> 3) - 1];
    if (field === undefined) return false;
    expectWireType(tag, wireTypes.bytes, field);
    into[field === 'Kind' ? 'kind' : 'apiVersion'] = reader.textTo(reader.end());
    return true;
  });
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
  reader.tag('Unknown');
  reader.at = reader.end();
  return document.subarray(reader.at, document.length - trailer.length);
}

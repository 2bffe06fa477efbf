import { badRequestError, parseGroupVersion } from '@keelson/api-machinery';
import { kindSchema, type TypeSchema } from '@keelson/kubernetes-api';
import { readMessage } from './read-message.ts';
import { WireError, WireReader, wireTypes } from './wire.ts';

/** What every protobuf body of Kubernetes begins with. */
const prefix = Buffer.from('k8s\0', 'latin1');

const utf8 = new TextDecoder();

/**
 * The JSON value of an object in Kubernetes' protobuf: an envelope that names kind and version, and the object's message. Without
 * a kind, or of a kind that has several, it is taken to be of `expected`. Throws 400.
 * Behaviour: k8s.io/apimachinery runtime/serializer/protobuf, v1.37.
 */
export function decodeProtobuf(bytes: Uint8Array, expected: TypeSchema): Record<string, unknown> {
  if (bytes.length === 0) throw badRequestError('empty data');
  if (!prefix.every((byte, index) => bytes[index] === byte)) {
    throw badRequestError(
      `provided data does not appear to be a protobuf message, expected prefix [${[...prefix].join(' ')}]`,
    );
  }
  try {
    const { apiVersion, kind, raw } = envelopeOf(bytes.subarray(prefix.length));
    const { group = '', version = apiVersion } = parseGroupVersion(apiVersion) ?? {};
    const schema = kindSchema({ group, version, kind }) ?? expected;
    return {
      ...(kind === '' ? {} : { kind }),
      ...(apiVersion === '' ? {} : { apiVersion }),
      ...readMessage(raw, schema),
    };
  } catch (error) {
    if (error instanceof WireError) throw badRequestError(error.message);
    throw error;
  }
}

interface Envelope {
  readonly apiVersion: string;
  readonly kind: string;
  readonly raw: Uint8Array;
}

/** runtime.Unknown: type, message, and encodings that nobody uses. */
function envelopeOf(bytes: Uint8Array): Envelope {
  const fields = byteFields(bytes);
  const type = byteFields(fields.get(1) ?? new Uint8Array());
  const text = (field: number): string => utf8.decode(type.get(field) ?? new Uint8Array());
  return { apiVersion: text(1), kind: text(2), raw: fields.get(2) ?? new Uint8Array() };
}

function byteFields(bytes: Uint8Array): ReadonlyMap<number, Uint8Array> {
  const fields = new Map<number, Uint8Array>();
  const reader = new WireReader(bytes);
  while (!reader.done) {
    const { field, wireType } = reader.tag();
    if (wireType === wireTypes.bytes) fields.set(field, reader.bytes());
    else reader.skip(wireType);
  }
  return fields;
}

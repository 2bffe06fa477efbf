import {
  badRequestError,
  parseGroupVersion,
  type GroupVersionKind,
  type JsonValue,
  type KubernetesObject,
} from '@keelson/api-machinery';
import type { TypeSchema } from '@keelson/kubernetes-api';
import { DecodeError } from '../decode-error.ts';
import { decodeBody, documentOfValue, type Decoded } from '../decode.ts';
import { unrecognized } from '../recognize.ts';
import { readMessage } from './read-message.ts';
import { WireError, WireReader, wireTypes } from './wire.ts';

/** What every protobuf body of Kubernetes begins with. */
const prefix = Buffer.from('k8s\0', 'latin1');

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * As `decodeJson`, from Kubernetes' protobuf: an envelope that names kind and version, and the object's message. Throws 400.
 * Behaviour: k8s.io/apimachinery runtime/serializer/protobuf, v1.37.
 */
export function decodeProtobuf<T extends KubernetesObject>(
  bytes: Uint8Array,
  schema: TypeSchema,
  kind: GroupVersionKind,
  alsoAccepts: readonly GroupVersionKind[] = [],
): Decoded<T> {
  const { raw, ...said } = inWire(
    () => envelopeOf(bytes),
    (why) => unrecognized(kind, why, bytes),
  );
  const expected = { schema, kind, alsoAccepts };
  // An apiVersion that is none counts as not said.
  const apiVersion = parseGroupVersion(said.apiVersion) === undefined ? '' : said.apiVersion;
  return decodeBody({ kind: said.kind, apiVersion }, expected, bytes, (found) =>
    documentOfValue(messageOf(raw, found, (why) => new DecodeError(why))),
  );
}

/** The JSON value of a message that is of a type, whatever its envelope says, and what the envelope says. Throws 400. */
export function parseProtobuf(bytes: Uint8Array, schema: TypeSchema): Record<string, JsonValue> {
  const { kind, apiVersion, raw } = inWire(() => envelopeOf(bytes), badRequestError);
  return {
    ...(kind === '' ? {} : { kind }),
    ...(apiVersion === '' ? {} : { apiVersion }),
    ...messageOf(raw, schema, badRequestError),
  };
}

// A message's values are JSON's: strings, numbers, booleans, lists and objects of such.
const messageOf = (raw: Uint8Array, schema: TypeSchema, refuse: (why: string) => Error) =>
  inWire(() => readMessage(raw, schema), refuse) as Record<string, JsonValue>;

function inWire<R>(run: () => R, refuse: (why: string) => Error): R {
  try {
    return run();
  } catch (error) {
    if (error instanceof WireError) throw refuse(error.message);
    throw error;
  }
}

interface Envelope {
  readonly apiVersion: string;
  readonly kind: string;
  readonly raw: Uint8Array;
}

/** runtime.Unknown: type, message, and encodings that nobody uses. Throws WireError. */
function envelopeOf(bytes: Uint8Array): Envelope {
  if (bytes.length === 0) throw new WireError('empty data');
  if (!prefix.every((byte, index) => bytes[index] === byte)) {
    throw new WireError(
      `provided data does not appear to be a protobuf message, expected prefix [${[...prefix].join(' ')}]`,
    );
  }
  if (bytes.length === prefix.length) throw new WireError('empty body');
  const fields = byteFields(bytes.subarray(prefix.length));
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

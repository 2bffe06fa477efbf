import {
  badRequestError,
  parseGroupVersion,
  type GroupVersionKind,
  type JsonValue,
  type KubernetesObject,
} from '@keelson/api-machinery';
import type { TypeSchema } from '@keelson/kubernetes-api';
import { kindSchema } from '@keelson/kubernetes-api/schemas';
import { DecodeError } from '../decode-error.ts';
import { decodeBody, decodedDocument, type Decoded } from '../decode.ts';
import { unrecognized } from '../recognize.ts';
import { openEnvelope, type EnvelopeKind } from './envelope.ts';
import { readMessage } from './message-reader.ts';
import { WireError } from './wire.ts';

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
    () => openEnvelope(bytes),
    (why) => unrecognized(kind, why, bytes),
  );
  const expected = { schema, kind, alsoAccepts };
  // An apiVersion that is none counts as not said.
  const apiVersion = parseGroupVersion(said.apiVersion) === undefined ? '' : said.apiVersion;
  return decodeBody({ kind: said.kind, apiVersion }, expected, bytes, (found) =>
    decodedDocument({
      // In Go's order: what they are is set when it is known.
      kind: '',
      apiVersion: '',
      ...messageOf(raw, found, (why) => new DecodeError(why)),
    }),
  );
}

/**
 * The JSON value of a message that is of a type, whatever its envelope says, and what the envelope says, which `check` may look at
 * before the message is read. Throws 400.
 */
export function parseProtobuf(
  bytes: Uint8Array,
  schema: TypeSchema,
  check: (said: EnvelopeKind) => void = () => undefined,
): Record<string, JsonValue> {
  const envelope = inWire(() => openEnvelope(bytes), badRequestError);
  check(envelope);
  const { kind, apiVersion, raw } = envelope;
  return {
    ...(kind === '' ? {} : { kind }),
    ...(apiVersion === '' ? {} : { apiVersion }),
    ...messageOf(raw, schema, badRequestError),
  };
}

/** The JSON value of an object of any built-in kind, by what its envelope says. Throws 400. */
export function parseAnyProtobuf(bytes: Uint8Array): Record<string, JsonValue> {
  const { kind, apiVersion, raw } = inWire(() => openEnvelope(bytes), badRequestError);
  const groupVersion = parseGroupVersion(apiVersion);
  const schema = groupVersion === undefined ? undefined : kindSchema({ ...groupVersion, kind });
  if (schema === undefined) throw badRequestError(`no kind ${kind} of ${apiVersion} is known`);
  return { kind, apiVersion, ...messageOf(raw, schema, badRequestError) };
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

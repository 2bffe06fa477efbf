import {
  badRequestError,
  groupVersionText,
  jsonText,
  parseGroupVersion,
  type JsonValue,
  type KubernetesObject,
} from '@keelson/api-machinery';
import type { TypeSchema } from '@keelson/kubernetes-api';
import { kindSchema } from '@keelson/kubernetes-api/schemas';
import { bytesOf, textOf } from './bytes.ts';
import { parseAnyCbor } from './cbor/decode-cbor.ts';
import { encodeCbor, encodeCborValue } from './cbor/encode-cbor.ts';
import { decodeValue, parseExactly, parseJsonExactly } from './decode.ts';
import { encodeJson } from './encode-json.ts';
import { valueText } from './json-text.ts';
import { parseAnyProtobuf } from './protobuf/decode-protobuf.ts';
import { encodeProtobuf } from './protobuf/encode-protobuf.ts';
import { parseYaml } from './yaml/decode-yaml.ts';
import { encodeYaml } from './yaml/encode-yaml.ts';

/** How an object is written. */
export type Encoding = 'json' | 'yaml' | 'protobuf' | 'cbor';

/** Something with a kind: `{ kind: 'Pod', apiVersion: 'v1', … }`. */
export type AnyObject = Pick<KubernetesObject, 'kind' | 'apiVersion'> & object;

/**
 * Writes an object as Kubernetes does: its fields in Go's order, with what Go always writes. Of kinds that are not built in all fields are
 * written as they come; protobuf has none of them. Throws a StatusError, 400, for what is no object of its kind.
 */
export function encode(object: AnyObject, encoding: Encoding): Uint8Array {
  const schema = schemaOfObject(object);
  if (schema === undefined) return encodeUnknown(object, encoding);
  const normal = decodeValue(jsonOf(object), schema, kindOf(object)).object;
  if (encoding === 'protobuf') return encodeProtobuf(normal, schema);
  if (encoding === 'cbor') return encodeCbor(normal, schema);
  const json = encodeJson(normal, schema);
  return encoding === 'json' ? json : encodeYaml(parseExactly(textOf(json)));
}

/** Reads what `encode`, Kubernetes or one of its clients wrote. Throws a StatusError, 400, that says what is wrong with it. */
export function decode<T extends AnyObject = AnyObject>(bytes: Uint8Array, encoding: Encoding): T {
  const value = parsers[encoding](bytes);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw badRequestError('an object is needed');
  // What it is, its kind says; whoever asks for a type of his own knows which kind he reads.
  const object = value as AnyObject;
  const schema = schemaOfObject(object);
  return (schema === undefined ? object : decodeValue(value, schema, kindOf(object)).object) as T;
}

/** An object in another encoding: `convert(bytes, 'yaml', 'protobuf')`. */
export const convert = (bytes: Uint8Array, from: Encoding, to: Encoding): Uint8Array =>
  encode(decode(bytes, from), to);

const parsers: Readonly<Record<Encoding, (bytes: Uint8Array) => JsonValue>> = {
  json: (bytes) => parseJsonExactly(textOf(bytes)),
  yaml: parseYaml,
  cbor: parseAnyCbor,
  protobuf: parseAnyProtobuf,
};

function encodeUnknown(object: AnyObject, encoding: Encoding): Uint8Array {
  if (encoding === 'json') return bytesOf(valueText(object));
  if (encoding === 'yaml') return encodeYaml(jsonOf(object));
  if (encoding === 'cbor') return encodeCborValue(object);
  const { group, version, kind } = kindOf(object);
  throw badRequestError(`no protobuf of ${groupVersionText({ group, version })} ${kind} is known`);
}

function kindOf({ kind = '', apiVersion = '' }: AnyObject) {
  return { ...(parseGroupVersion(apiVersion) ?? { group: '', version: '' }), kind };
}

const schemaOfObject = (object: AnyObject): TypeSchema | undefined => kindSchema(kindOf(object));

/** As it would come back from JSON: without what JSON does not have. */
const jsonOf = (object: AnyObject): JsonValue => parseExactly(jsonText(object));

import type { JsonValue } from '@keelson/api-machinery';
import type { TypeSchema } from '@keelson/kubernetes-api';
import { encodeCbor } from '../cbor/encode-cbor.ts';
import { parseCbor } from '../cbor/decode-cbor.ts';
import { normalize, parseExactly } from '../decode.ts';
import { encodeJson } from '../encode-json.ts';
import { encodeMessage } from '../protobuf/encode-protobuf.ts';
import { readMessage } from '../protobuf/message-reader.ts';
import { parseYaml } from '../yaml/decode-yaml.ts';
import { encodeYaml } from '../yaml/encode-yaml.ts';

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

/** Not all types have a protobuf message: tables have none. */
const hasMessage = ({ fields }: TypeSchema): boolean =>
  fields.every(({ name, proto }) => proto !== undefined || ['kind', 'apiVersion'].includes(name));

/** An object's JSON, and what it is after each encoding that changed it: none should. */
export function throughAll(
  object: object,
  schema: TypeSchema,
): { readonly json: string; readonly changed: Readonly<Record<string, string>> } {
  const json = textOf(encodeJson(normalize(object, schema), schema));
  const ways: Readonly<Record<string, (value: unknown) => unknown>> = {
    ...(hasMessage(schema) ? { protobuf: (value) => throughProtobuf(value, schema) } : {}),
    cbor: (value) => parseCbor(encodeCbor(Object(normalize(value, schema)), schema)),
    yaml: (value) => parseYaml(encodeYaml(value as JsonValue)),
  };
  const changed = Object.entries(ways).flatMap(([name, way]) => {
    const after = textOf(encodeJson(normalize(way(parseExactly(json)), schema), schema));
    return after === json ? [] : [[name, after] as const];
  });
  return { json, changed: Object.fromEntries(changed) };
}

/** A message does not say what it is: its envelope does. */
function throughProtobuf(value: unknown, schema: TypeSchema): unknown {
  const object = normalize(value, schema) as Record<string, unknown>;
  const { kind, apiVersion } = object;
  const isKind = schema.fields.some(({ name, proto }) => name === 'kind' && proto === undefined);
  const read = readMessage(encodeMessage(object, schema), schema);
  return isKind ? { kind, apiVersion, ...read } : read;
}

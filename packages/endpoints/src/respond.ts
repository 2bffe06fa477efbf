import { StatusError, type KubernetesObject, type Status } from '@keelson/api-machinery';
import type { Representation } from '@keelson/rest-interfaces';
import {
  encodeCborValue,
  encodeYaml,
  parseExactly,
  parseUnstructured,
} from '@keelson/serialization';
import { cborOf } from './cbor.ts';
import type { ApiRequest, ApiResponse } from './http.ts';
import { negotiateError, type Accepted } from './negotiate.ts';
import { indented } from './indented.ts';
import { isPretty } from './pretty.ts';
import { documentProtobuf, protobufOf } from './protobuf.ts';
import type { Scope } from './scope.ts';
import type { WarningRecorder } from './warnings.ts';

const newline = Buffer.from('\n');

/** The bytes of one object in a media type, with the newline that ends a document of text. Made once per object and type. */
export function documentOf(
  item: Representation<KubernetesObject>,
  { mediaType, pretty }: Pick<Accepted, 'mediaType' | 'pretty'>,
  scope: Pick<Scope, 'kind' | 'schema'>,
): Uint8Array {
  if (mediaType === 'application/vnd.kubernetes.protobuf') return protobufOf(item, scope);
  if (mediaType === 'application/cbor') return cborOf(item, scope);
  if (mediaType === 'application/yaml') return item.encoded('yaml', ({ json }) => yamlOf(json));
  if (pretty) return prettyOf(item.json);
  return item.encoded('json-document', ({ json }) => Buffer.concat([json, newline]));
}

/** JSON bytes as YAML. */
export function yamlOf(json: Uint8Array): Uint8Array {
  return encodeYaml(parseExactly(textOf(json)));
}

/** JSON bytes, indented for people, without a newline at the end. */
export function prettyOf(json: Uint8Array): Uint8Array {
  return Buffer.from(indented(textOf(json)).replace(unsafe, escaped));
}

/** What Go's JSON never has in it as it is: it could be mistaken for a page, or for the end of a script's line. */
const unsafe = /[<>&\u2028\u2029]/g;
const escaped = (character: string): string =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** A JSON document as the client wants it. */
export function written(
  json: Uint8Array,
  { mediaType, pretty }: Pick<Accepted, 'mediaType' | 'pretty'>,
): Uint8Array {
  if (mediaType === 'application/vnd.kubernetes.protobuf')
    return documentProtobuf(parseUnstructured(json));
  if (mediaType === 'application/cbor') return encodeCborValue(parseExactly(textOf(json)));
  if (mediaType === 'application/yaml') return yamlOf(json);
  return pretty ? prettyOf(json) : json;
}

export function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

/** A response of one document. */
export function respond(
  status: number,
  mediaType: string,
  body: ApiResponse['body'],
  warnings?: WarningRecorder,
): ApiResponse {
  const texts = warnings?.headers() ?? [];
  return {
    status,
    headers: { 'content-type': mediaType, ...(texts.length === 0 ? {} : { warning: texts }) },
    body,
  };
}

/** A Status as the response, in the client's media type where it has one that will do. */
export function respondStatus(
  status: Status,
  accepted: Pick<Accepted, 'mediaType' | 'pretty'>,
  code: number,
  warnings?: WarningRecorder,
): ApiResponse {
  const json = Buffer.from(`${JSON.stringify(status).replace(unsafe, escaped)}\n`);
  return respond(code, accepted.mediaType, written(json, accepted), warnings);
}

/** The one place where errors become responses: in what the client accepts, or in indented JSON. Behaviour: handlers/responsewriters ErrorNegotiated. */
export function respondError(
  error: unknown,
  request: Pick<ApiRequest, 'headers' | 'query' | 'served'>,
  warnings?: WarningRecorder,
): ApiResponse {
  const status = StatusError.from(error);
  const accepted = negotiateError(request.headers.accept, request.served.objects);
  const response = respondStatus(
    status.toStatus(),
    {
      mediaType: accepted?.mediaType ?? 'application/json',
      pretty: accepted?.pretty !== false || isPretty(request),
    },
    status.code,
    warnings,
  );
  const retry = status.details?.retryAfterSeconds;
  return retry === undefined || retry <= 0
    ? response
    : { ...response, headers: { ...response.headers, 'retry-after': String(retry) } };
}

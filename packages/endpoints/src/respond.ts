import type { Status } from '@keelson/api-machinery';
import { StatusError } from '@keelson/api-machinery';
import type { Representation } from '@keelson/rest-interfaces';
import { encodeYaml } from '@keelson/serialization';
import type { ApiResponse } from './http.ts';
import type { Accepted, MediaType } from './negotiate.ts';
import type { WarningRecorder } from './warnings.ts';

const newline = Buffer.from('\n');

/** The bytes of one object in a media type, with the newline that ends a document. Made once per object and type. */
export function documentOf(
  item: Representation,
  { mediaType, pretty }: Pick<Accepted, 'mediaType' | 'pretty'>,
): Uint8Array {
  if (mediaType === 'application/yaml') return item.encoded('yaml', ({ json }) => yamlOf(json));
  if (pretty) return prettyOf(item.json);
  return item.encoded('json-document', ({ json }) => Buffer.concat([json, newline]));
}

/** JSON bytes as YAML. */
export function yamlOf(json: Uint8Array): Uint8Array {
  return encodeYaml(JSON.parse(textOf(json)));
}

/** JSON bytes, indented for people. */
export function prettyOf(json: Uint8Array): Uint8Array {
  return Buffer.from(
    JSON.stringify(JSON.parse(textOf(json)), null, 2).replace(
      /[<>&\u2028\u2029]/g,
      (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ) + (json.at(-1) === 0x0a ? '\n' : ''),
  );
}

export function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

/** A response of one document. */
export function respond(
  status: number,
  mediaType: MediaType,
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
  const json = Buffer.from(
    `${JSON.stringify(status).replace(/[<>&\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`,
  );
  const body =
    accepted.mediaType === 'application/yaml'
      ? yamlOf(json)
      : accepted.pretty
        ? prettyOf(json)
        : json;
  return respond(code, accepted.mediaType, body, warnings);
}

/** The one place where errors become responses. `onFault` hears of those that are ours. */
export function respondError(
  error: unknown,
  accepted: Pick<Accepted, 'mediaType' | 'pretty'>,
  warnings?: WarningRecorder,
): ApiResponse {
  const status = StatusError.from(error);
  const response = respondStatus(status.toStatus(), accepted, status.code, warnings);
  const retry = status.details?.retryAfterSeconds;
  return retry === undefined || retry <= 0
    ? response
    : { ...response, headers: { ...response.headers, 'retry-after': String(retry) } };
}

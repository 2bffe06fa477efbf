import { OpenApiDocuments, type OpenApiDocument } from '@keelson/openapi';
import { encodeOpenApi } from '@keelson/serialization';
import type { ApiGroupVersion } from './api-group.ts';
import { scopesOf } from './api-group.ts';
import type { ApiRequest, ApiResponse } from './http.ts';
import type { ServedMediaTypes } from './media-types.ts';
import { firstAccepted } from './negotiate.ts';
import { verbsOf } from './verbs.ts';

const year = 365 * 24 * 3600 * 1000;
const json = 'application/json';
/** What is asked for, the older name with an `@` first, and what it is then called. */
const protobuf = 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf';
const version2Types = [json, protobuf.replace('v2.v1', 'v2@v1'), protobuf];

/** Serves `/openapi/v2` and `/openapi/v3`; undefined for other paths. */
export class OpenApiHandler {
  readonly #documents: OpenApiDocuments;
  #protobuf: Uint8Array | undefined;

  constructor(groupVersions: readonly ApiGroupVersion[], served: ServedMediaTypes) {
    const described = groupVersions.map((groupVersion) => ({
      group: groupVersion.group,
      version: groupVersion.version,
      paths: scopesOf(groupVersion).map(({ path, kind, namespaced, storage }) => ({
        path,
        kind,
        namespaced,
        typeId: storage.typeId,
        verbs: verbsOf(storage),
      })),
    }));
    this.#documents = new OpenApiDocuments(described, served);
  }

  handle(request: ApiRequest): ApiResponse | undefined {
    const [, version, ...rest] = request.path.split('/').filter((segment) => segment !== '');
    if (version === 'v2' && rest.length === 0) return this.#version2(request);
    if (version !== 'v3') return undefined;
    if (rest.length === 0)
      return {
        status: 200,
        headers: { 'content-type': 'text/plain; charset=utf-8' },
        body: Buffer.from(`${JSON.stringify(this.#documents.index())}\n`),
      };
    const document = this.#documents.version3(rest.join('/'));
    return document === undefined
      ? { status: 404, headers: {}, body: undefined }
      : firstAccepted(request.headers.accept, [json]) === undefined
        ? notAcceptable
        : cached(request, document, { type: json, url: `/openapi/v3/${rest.join('/')}` });
  }

  #version2(request: ApiRequest): ApiResponse {
    const type = firstAccepted(request.headers.accept, version2Types);
    if (type === undefined) return notAcceptable;
    const document = this.#documents.version2();
    if (type === json) return cached(request, document, { type });
    this.#protobuf ??= encodeOpenApi(JSON.parse(Buffer.from(document.bytes).toString()));
    return cached(request, { ...document, bytes: this.#protobuf }, { type: protobuf });
  }
}

const notAcceptable: ApiResponse = { status: 406, headers: { vary: 'Accept' }, body: undefined };

interface Served {
  readonly type: string;
  /** Where it is, for documents whose URLs may have their hashes. */
  readonly url?: string;
}

/** A URL with the document's hash never gives anything else; one with another hash leads there. */
function cached(
  { headers, query, clock }: ApiRequest,
  { bytes, hash }: OpenApiDocument,
  { type, url }: Served,
): ApiResponse {
  const asked = query.get('hash');
  if (asked !== null && asked !== '' && asked !== hash && url !== undefined) {
    return { status: 301, headers: { location: `${url}?hash=${hash}` }, body: undefined };
  }
  const shared = {
    etag: `"${hash}"`,
    vary: 'Accept',
    ...(asked === hash
      ? {
          'cache-control': 'public, immutable',
          expires: new Date(clock.now() + year).toUTCString(),
        }
      : {}),
  };
  if (headers['if-none-match'] === shared.etag)
    return { status: 304, headers: shared, body: undefined };
  return { status: 200, headers: { ...shared, 'content-type': type }, body: bytes };
}

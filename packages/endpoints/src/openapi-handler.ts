import { OpenApiDocuments } from '@keelson/openapi';
import type { ApiGroupVersion } from './api-group.ts';
import { scopesOf } from './api-group.ts';
import type { ApiRequest, ApiResponse } from './http.ts';
import { acceptsJson } from './negotiate.ts';
import { verbsOf } from './verbs.ts';

const year = 365 * 24 * 3600 * 1000;
const noStore = { 'x-content-type-options': 'nosniff' };

/** Serves `/openapi/v2` and `/openapi/v3`; undefined for other paths. */
export class OpenApiHandler {
  readonly #documents: OpenApiDocuments;

  constructor(groupVersions: readonly ApiGroupVersion[]) {
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
    this.#documents = new OpenApiDocuments(described);
  }

  handle(request: ApiRequest): ApiResponse | undefined {
    const [, version, ...rest] = request.path.split('/').filter((segment) => segment !== '');
    if (version === 'v2' && rest.length === 0)
      return cached(request, this.#documents.version2(), undefined);
    if (version !== 'v3') return undefined;
    if (rest.length === 0)
      return {
        status: 200,
        headers: { 'content-type': 'text/plain; charset=utf-8' },
        body: Buffer.from(`${JSON.stringify(this.#documents.index())}\n`),
      };
    const document = this.#documents.version3(rest.join('/'));
    return document === undefined
      ? {
          status: 404,
          headers: { 'content-type': 'text/plain; charset=utf-8', ...noStore },
          body: Buffer.from('404 page not found\n'),
        }
      : cached(request, document, `/openapi/v3/${rest.join('/')}`);
  }
}

const notAcceptable: ApiResponse = { status: 406, headers: { vary: 'Accept' }, body: undefined };

/** A URL with the document's hash never gives anything else; one with another hash leads there. */
function cached(
  { headers, query, clock }: ApiRequest,
  { bytes, hash }: { readonly bytes: Uint8Array; readonly hash: string },
  url: string | undefined,
): ApiResponse {
  if (!acceptsJson(headers.accept)) return notAcceptable;
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
  return { status: 200, headers: { ...shared, 'content-type': 'application/json' }, body: bytes };
}

import type { OpenApiDocument } from '@keelson/openapi';
import type { ApiGroupVersion } from './api-group.ts';
import { takesGzip } from './gzip.ts';
import type { ApiRequest, ApiResponse } from './http.ts';
import type { ServedMediaTypes } from './media-types.ts';
import { firstAccepted } from './negotiate.ts';
import { formsOf, OpenApiForms, type Form } from './openapi-forms.ts';
import { serveContent, type Content } from './served-content.ts';

const forms2 = formsOf('v2');
const forms3 = formsOf('v3');
const vary2 = { vary: ['Accept-Encoding', 'Accept'] };
const vary3 = { vary: 'Accept' };
const version3 = '/openapi/v3';

/** Serves `/openapi/v2` and `/openapi/v3`, whatever the method; undefined for other paths. Behaviour: k8s.io/kube-openapi handler and handler3. */
export class OpenApiHandler {
  readonly #forms: OpenApiForms;
  /** What documents are told to be made at. */
  readonly #modified: number;

  constructor(
    groupVersions: readonly ApiGroupVersion[],
    served: ServedMediaTypes,
    { now }: { readonly now: number },
  ) {
    this.#forms = new OpenApiForms(groupVersions, served);
    this.#modified = now;
  }

  handle(request: ApiRequest): Promise<ApiResponse> | ApiResponse | undefined {
    const { path } = request;
    if (path === '/openapi/v2') return this.#version2(request);
    if (path === version3) return this.#index(request);
    if (path.startsWith(`${version3}/`))
      return this.#version3(request, path.slice(version3.length + 1));
    return undefined;
  }

  async #version2(request: ApiRequest): Promise<ApiResponse> {
    const form = acceptedForm(request, forms2);
    if (form === undefined) return notAcceptable(vary2);
    const content = this.#content(this.#forms.documents.version2(), form, vary2);
    const answer = serveContent(request, content);
    const isWhole = answer.status === 200 && request.method !== 'HEAD';
    if (!isWhole || !takesGzip(request.headers['accept-encoding'])) return answer;
    const body = await this.#forms.compressed(content.bytes);
    return { ...answer, headers: { ...answer.headers, 'content-encoding': 'gzip' }, body };
  }

  /** Where the documents are now. */
  #index(request: ApiRequest): ApiResponse {
    return serveContent(request, {
      bytes: Buffer.from(JSON.stringify(this.#forms.documents.index())),
      type: 'text/plain; charset=utf-8',
      modified: request.clock.now(),
      headers: {},
    });
  }

  /** A URL with the document's hash never gives anything else; one with another hash leads there. */
  #version3(request: ApiRequest, name: string): ApiResponse {
    const document = this.#forms.documents.version3(name);
    if (document === undefined) return { status: 404, headers: {}, body: undefined };
    const form = acceptedForm(request, forms3);
    if (form === undefined) return notAcceptable(vary3);
    const asked = request.query.get('hash') ?? '';
    if (asked !== '' && asked !== document.hash)
      return movedTo(`${version3}/${name}?hash=${document.hash}`, document, form);
    const headers = asked === '' ? vary3 : { ...vary3, ...immutable(request) };
    return serveContent(request, this.#content(document, form, headers));
  }

  #content(document: OpenApiDocument, form: Form, headers: ApiResponse['headers']): Content {
    return {
      bytes: this.#forms.bytesOf(document, form),
      type: form.type,
      etag: tagOf(document),
      modified: this.#modified,
      headers,
    };
  }
}

const tagOf = ({ hash }: OpenApiDocument): string => `"${hash}"`;

const notAcceptable = (headers: ApiResponse['headers']): ApiResponse => ({
  status: 406,
  headers,
  body: undefined,
});

const movedTo = (location: string, document: OpenApiDocument, { type }: Form): ApiResponse => ({
  status: 301,
  headers: { ...vary3, location, etag: tagOf(document), 'content-type': type },
  body: undefined,
});

function acceptedForm({ headers }: ApiRequest, forms: readonly Form[]): Form | undefined {
  const names = forms.flatMap(({ names: known }) => known);
  const name = firstAccepted(headers.accept, names);
  return forms.find((form) => name !== undefined && form.names.includes(name));
}

/** For a year; the zone is Go's word for it. */
function immutable({ clock }: ApiRequest): ApiResponse['headers'] {
  const expiry = new Date(clock.now());
  expiry.setUTCFullYear(expiry.getUTCFullYear() + 1);
  return {
    'cache-control': 'public, immutable',
    expires: expiry.toUTCString().replace('GMT', 'UTC'),
  };
}

import { createHash } from 'node:crypto';
import type { ApiGroupVersion } from './api-group.ts';
import { groupDiscoveryList } from './aggregated-discovery.ts';
import { groupDocument, groupList, legacyVersions, resourceList } from './discovery.ts';
import type { ApiRequest, ApiResponse } from './http.ts';
import { negotiate, negotiateTransform, type Transform } from './negotiate.ts';
import { checkAcceptable, methodNotAllowed, notFound } from './choose-route.ts';
import type { MediaType, ServedMediaTypes } from './media-types.ts';
import { isPretty } from './pretty.ts';
import { respond, written } from './respond.ts';

interface Aggregated {
  readonly json: Uint8Array;
  readonly etag: string;
}

const aggregatedParameters = ';g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';
const isAggregated = ({ as, group, version }: Transform): boolean =>
  as === 'APIGroupDiscoveryList' && group === 'apidiscovery.k8s.io' && version === 'v2';

/** Who accepts everything in one document gets that, however much they would like something else better. */
const aggregatedMediaType = (
  accept: string | undefined,
  { objects }: ServedMediaTypes,
): MediaType | undefined => negotiateTransform(accept, objects, isAggregated)?.mediaType;

/** What the server serves, for clients that ask before they act. Documents are made once. */
export class DiscoveryHandler {
  readonly #groupVersions: readonly ApiGroupVersion[];
  readonly #serverAddress: string;
  readonly #aggregated = new Map<boolean, Aggregated>();

  constructor(groupVersions: readonly ApiGroupVersion[], serverAddress: string) {
    this.#groupVersions = groupVersions;
    this.#serverAddress = serverAddress;
  }

  /** `rest` is the path behind `api` or `apis`: `['apps', 'v1']`. Throws 404, 405 and 406. */
  handle(request: ApiRequest, prefix: 'api' | 'apis', rest: readonly string[]): ApiResponse {
    const root = rest.length === 0;
    const document = this.#document(prefix === 'api', rest);
    if (document === undefined) throw notFound();
    // Upstream's aggregator answers for groups, without its router: it does not look at the method.
    if (prefix === 'api' || rest.length > 1) {
      if (request.method !== 'GET') throw methodNotAllowed();
      checkAcceptable(request, request.served.objects);
    }
    const mediaType = root
      ? aggregatedMediaType(request.headers.accept, request.served)
      : undefined;
    if (mediaType !== undefined)
      return this.#aggregatedResponse(request, prefix === 'api', mediaType);
    const accepted = negotiate(request.headers.accept, request.served.objects, () => false);
    const json = Buffer.from(`${JSON.stringify(document)}\n`);
    const pretty = accepted.pretty || isPretty(request);
    return respond(200, accepted.mediaType, written(json, { ...accepted, pretty }));
  }

  #document(legacy: boolean, rest: readonly string[]): object | undefined {
    if (rest.length > (legacy ? 1 : 2)) return undefined;
    const [group = '', version = ''] = legacy ? ['', ...rest] : rest;
    if (rest.length === 0)
      return legacy ? legacyVersions(this.#serverAddress) : groupList(this.#groupVersions);
    if (!legacy && rest.length === 1) return groupDocument(group, this.#groupVersions);
    const found = this.#groupVersions.find(
      (served) => served.group === group && served.version === version,
    );
    return found === undefined ? undefined : resourceList(found);
  }

  #aggregatedResponse({ headers }: ApiRequest, legacy: boolean, mediaType: MediaType): ApiResponse {
    const { json, etag } = this.#aggregatedDocument(legacy);
    const shared = { etag, vary: 'Accept', 'cache-control': 'public' };
    if (headers['if-none-match'] === etag) return { status: 304, headers: shared, body: undefined };
    return {
      status: 200,
      headers: { ...shared, 'content-type': mediaType + aggregatedParameters },
      body: written(json, { mediaType, pretty: false }),
    };
  }

  #aggregatedDocument(legacy: boolean): Aggregated {
    const known = this.#aggregated.get(legacy);
    if (known !== undefined) return known;
    const json = Buffer.from(
      `${JSON.stringify(groupDiscoveryList(this.#groupVersions, legacy))}\n`,
    );
    const hash = createHash('sha512').update(json).digest('hex').toUpperCase();
    const made = { json, etag: `"${hash}"` };
    this.#aggregated.set(legacy, made);
    return made;
  }
}

import { createHash } from 'node:crypto';
import { documentName, type DescribedGroupVersion } from './described-api.ts';
import { documentV2 } from './version2.ts';
import { documentV3 } from './version3.ts';

/** A document, ready to be sent. */
export interface OpenApiDocument {
  readonly bytes: Uint8Array;
  /** Of the bytes: upper-case hexadecimal, for the URL and the ETag. */
  readonly hash: string;
}

/** The OpenAPI documents of a server. Each is made when it is first asked for, and kept. */
export class OpenApiDocuments {
  readonly #apis: readonly DescribedGroupVersion[];
  readonly #made = new Map<string, OpenApiDocument>();

  constructor(apis: readonly DescribedGroupVersion[]) {
    this.#apis = apis;
  }

  /** Everything in one document: `/openapi/v2`. */
  version2(): OpenApiDocument {
    return this.#document('v2', () => documentV2(this.#apis));
  }

  /** One group version: `api/v1`, `apis/apps/v1`. Undefined for one that is not served. */
  version3(name: string): OpenApiDocument | undefined {
    const api = this.#apis.find((one) => documentName(one) === name);
    return api === undefined ? undefined : this.#document(name, () => documentV3(api));
  }

  /** Where each group version's document is, with its hash in the URL: what such a URL gives never changes. */
  index(): object {
    const names = this.#apis.map(documentName).sort();
    return {
      paths: Object.fromEntries(
        names.map((name) => [
          name,
          { serverRelativeURL: `/openapi/v3/${name}?hash=${this.version3(name)?.hash ?? ''}` },
        ]),
      ),
    };
  }

  #document(name: string, make: () => object): OpenApiDocument {
    const known = this.#made.get(name);
    if (known !== undefined) return known;
    const bytes = Buffer.from(JSON.stringify(make()));
    const document = {
      bytes,
      hash: createHash('sha512').update(bytes).digest('hex').toUpperCase(),
    };
    this.#made.set(name, document);
    return document;
  }
}
